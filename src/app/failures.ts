import type { Pinia } from 'pinia'
import { type App, nextTick } from 'vue'
import type { Router } from 'vue-router'
import { useFailures } from './stores/failures.ts'
import { usePwa } from './stores/pwa.ts'

/**
 * Says what did not work and no screen says by itself: an act whose handler failed, a page whose code could not be loaded.
 * With a network, such code belongs to a release that is gone: the new one is offered at the address that was asked for.
 */
export function reportFailures(app: App, router: Router, pinia: Pinia): void {
  const failures = useFailures(pinia)
  const pwa = usePwa(pinia)

  app.config.errorHandler = (error) => {
    failures.show('act')
    reportError(error)
  }
  router.onError((error, to) => {
    if (navigator.onLine) pwa.offer({ activate: () => window.location.assign(to.fullPath) })
    else failures.show('page')
    reportError(error)
  })
}

/** Moves the focus into a page that was gone to, so that keyboard and screen reader begin there. */
export function focusPages(router: Router): void {
  router.afterEach(async (to, from) => {
    if (from.matched.length === 0 || to.path === from.path) return
    await nextTick()
    const main = document.querySelector('main')
    if (main !== null && !main.contains(document.activeElement)) main.focus({ preventScroll: true })
  })
}
