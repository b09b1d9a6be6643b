import type { Router } from 'vue-router'

/**
 * Whether somebody has gone back since the document came, before its scripts did: what came rendered is not of the address that they are
 * at by now.
 */
export function hasLeftDocument(): boolean {
  const [came] = performance.getEntriesByType('navigation')
  const { origin, href } = window.location
  return came?.name.startsWith(`${origin}/`) === true && pageOf(came.name) !== pageOf(href)
}

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
    const isSamePage = pageOf(asked) === pageOf(history.location)
    asked = history.location
    if (isSamePage || !isRendered) return asked
    window.location.reload()
    return false
  })
}

const pageOf = (address: string) => address.replace(/#.*$/, '')
