import type { Router } from 'vue-router'
import type { broughtAnswers } from './answers.ts'
import type { Phone } from './phone.ts'

/**
 * From the next page on, pages read the phone. Until it has its copy, links are links: the server answers with a rendered page
 * sooner than the copy would be filled.
 */
export function takeOverContent(router: Router, phone: Phone, answers: ReturnType<typeof broughtAnswers>): void {
  if (answers.page === undefined) return

  const stopAsking = router.beforeEach((to, from) => {
    const isSamePage = to.path === from.path && JSON.stringify(to.query) === JSON.stringify(from.query)
    const hasWorker = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null
    // The person's own pages need no content, and what the worker answers with is the shell.
    if (phone.content !== undefined || isSamePage || to.meta.tab === 'me' || hasWorker || !navigator.onLine) return true
    window.location.assign(to.fullPath)
    return false
  })
  const stopFollowing = router.afterEach((to, from, failure) => {
    if (failure !== undefined || to.path === from.path) return
    answers.forget()
    phone.content ??= phone.replica
    // Its code may not have come the first time.
    if (phone.content === undefined) phone.opened().catch(reportError)
    stopAsking()
    stopFollowing()
  })
}
