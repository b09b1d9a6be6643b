import { createWebHistory } from 'vue-router'
import { broughtAnswers } from './answers.ts'
import { createLuodi } from './app.ts'
import { browserPhone } from './browser-phone.ts'
import { followDuringFirst, hasLeftDocument } from './first-page.ts'
import { focusPages, reportFailures } from './failures.ts'
import { broughtPageData } from './page-data.ts'
import { pause, takeOverPageLater } from './in-turn.ts'
import { takeOverContent } from './take-over.ts'
import { showPreferences, usePreferences } from './stores/preferences.ts'

const answers = broughtAnswers(broughtPageData())
const isRendered = answers.page !== undefined
const phone = browserPhone(answers)
// The shell has nothing to show without the phone; a rendered page is read and answers to the finger first.
const early = isRendered ? undefined : phone.opened()
early?.catch(() => undefined)

// The scripts have just been evaluated, and what came rendered is on screen: everything from here on takes turns with a finger.
if (isRendered) await pause()
if (isRendered && hasLeftDocument()) {
  window.location.reload()
  await new Promise<never>(() => undefined)
}
const { app, router, pinia } = createLuodi(phone, answers, createWebHistory())
followDuringFirst(router, isRendered)
reportFailures(app, router, pinia)
focusPages(router)
if (!isRendered) showPreferences()
const isLoaded = await router.isReady().then(
  () => true,
  () => false,
)
// A first page whose code cannot be loaded has been reported. What came rendered stays, to be read; in the shell the rest of the
// app is there all the same.
if (isLoaded || !isRendered) await start()

async function start(): Promise<void> {
  const taken = isRendered ? takeOverPageLater(router) : undefined
  if (isRendered) await pause()
  // With the frame, links begin to be the router's.
  takeOverContent(router, phone, answers)
  app.mount('#app')
  await taken
  // The page was rendered for nobody's preferences: they are no difference to be found while it is taken over.
  usePreferences(pinia).restore()
  const { path, fullPath, params } = router.currentRoute.value
  const isRecord = isRendered && params['id'] !== undefined && !path.startsWith('/me')
  const recordPage = isRecord ? fullPath.replace(/#.*$/, '') : undefined

  window.addEventListener('online', () => void phone.opened().catch(reportError))
  whenIdle(async () => {
    await phone.opened()
    const { startRest } = await import('./rest.ts')
    whenIdle(() => startRest(phone, router, pinia, recordPage))
  })
}

/** Runs what nobody waits for once the browser has painted and has nothing better to do. */
function whenIdle(task: () => unknown): void {
  const run = () => void Promise.resolve(task()).catch(reportError)
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 2000 })
  else setTimeout(run, 200)
}
