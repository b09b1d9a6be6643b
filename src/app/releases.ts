import { Workbox } from 'workbox-window'
import type { usePwa } from './stores/pwa.ts'

/** How often a page that stays open looks for a new version, ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000
/** How soon a first worker that did not come is fetched again, ms; twice as long each time. */
const AGAIN_AFTER_MS = 10_000

/**
 * Registers the service worker and offers new versions. Nothing reloads unless the person asks for it, in this tab: another
 * tab that changed over leaves this one as it is and offers the change here too. Without service workers (some in-app
 * browsers) or in development it does nothing; content, forms and queue do not need it.
 * @returns whether this browser takes a worker
 */
export async function watchReleases(pwa: ReturnType<typeof usePwa>): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  try {
    await watch(pwa, AGAIN_AFTER_MS)
    return true
  } catch {
    // A refused registration (private mode, a broken certificate) leaves an app without a worker, which works as well.
    return false
  }
}

/** @param againMs how soon it is tried again where the line breaks before there is a first worker: the browser forgets it then */
async function watch(pwa: ReturnType<typeof usePwa>, againMs: number): Promise<void> {
  const workbox = new Workbox('/sw.js')
  const again = () =>
    setTimeout(() => void watch(pwa, Math.min(2 * againMs, LOOK_EVERY_MS)).catch(reportError), againMs)
  let asked = false
  const reload = () => window.location.reload()

  const offer = () =>
    pwa.offer({
      activate: () => {
        asked = true
        // What the old worker still waits for would hold the new one back.
        navigator.serviceWorker.controller?.postMessage({ type: 'GIVE_WAY' })
        workbox.messageSkipWaiting()
      },
    })
  workbox.addEventListener('waiting', offer)
  workbox.addEventListener('controlling', (event) => {
    if (asked) reload()
    else if (event.isUpdate === true) pwa.offer({ activate: reload })
  })

  const registration = await workbox.register().catch((error: unknown) => {
    // Its script could not be fetched.
    if (error instanceof TypeError) return undefined
    throw error
  })
  if (registration === undefined) {
    again()
    return
  }
  const { installing } = registration
  installing?.addEventListener('statechange', () => {
    // The browser looks for a new release with each navigation, often before this runs: workbox does not see that one.
    if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) offer()
    if (installing.state === 'redundant' && registration.active === null) again()
  })
  setInterval(() => {
    if (navigator.onLine) workbox.update().catch(() => undefined)
  }, LOOK_EVERY_MS)
}
