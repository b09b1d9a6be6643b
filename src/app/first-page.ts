import type { Router } from 'vue-router'

/**
 * Whoever goes back while the first page is on its way gets there: the router would write that page's address over the one they are at
 * by then. To be called at once when the router is made.
 * @param isRendered whether a page came rendered, which is of that address: another one is loaded
 */
export function followDuringFirst(router: Router, isRendered: boolean): void {
  const { history } = router.options
  let asked = history.location
  const stop = router.beforeResolve(() => {
    if (history.location === asked) return stop()
    asked = history.location
    if (!isRendered) return asked
    window.location.reload()
    return false
  })
}
