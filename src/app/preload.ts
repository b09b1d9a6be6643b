import type { Router } from 'vue-router'

/**
 * Loads the code of every page while the phone is idle. Without a service worker (some in-app browsers) this is what lets a
 * person go on from page to page after the signal is gone.
 */
export function preloadPages(router: Router): void {
  const load = () => {
    for (const { components } of router.getRoutes()) {
      const page = components?.['default']
      // A page that cannot be loaded now is loaded when it is opened, which reports the failure.
      if (typeof page === 'function') void Promise.resolve((page as () => unknown)()).catch(() => undefined)
    }
  }
  if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 3000 })
  else setTimeout(load, 1000)
}
