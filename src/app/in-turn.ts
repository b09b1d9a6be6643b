import { type Component, defineAsyncComponent } from 'vue'
import type { Router } from 'vue-router'

/** Lets a finger be heard, and the browser paint, between two pieces of work on a slow phone. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/**
 * Has the page that came rendered taken over in a task of its own, after the frame around it. To be called before mounting.
 * @returns resolves once the page is taken over
 */
export function takeOverPageLater(router: Router): Promise<void> {
  const components = router.currentRoute.value.matched.at(-1)?.components
  // The router has put what it loaded in place of the function that loads it.
  const page = components?.['default'] as Component | undefined
  if (page === undefined) return Promise.resolve()
  return new Promise((resolve) => {
    const later = defineAsyncComponent({
      loader: () => Promise.resolve(page),
      hydrate: (hydrate) => {
        void pause().then(hydrate).finally(resolve)
      },
    })
    Object.assign(components ?? {}, { default: later })
  })
}
