import type { Router } from 'vue-router'

/**
 * Loads the code of every page where there is no service worker to do so (some in-app browsers): then a person can go on from
 * page to page after the signal is gone.
 */
export function preloadPages(router: Router): void {
  for (const { components } of router.getRoutes()) {
    const page = components?.['default']
    // A page that cannot be loaded now is loaded when it is opened, which reports the failure.
    if (typeof page === 'function') void Promise.resolve((page as () => unknown)()).catch(() => undefined)
  }
}
