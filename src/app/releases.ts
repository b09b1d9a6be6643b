import { Workbox } from 'workbox-window'
import type { usePwa } from './stores/pwa.ts'

/** How often a page that stays open looks for a new version, ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000

/**
 * Registers the service worker and offers new versions. Nothing reloads unless the person asks for it, in this tab: another
 * tab that changed over leaves this one as it is and offers the change here too. Without service workers (some in-app
 * browsers) or in development it does nothing; content, forms and queue do not need it.
 * @returns whether there is a worker
 */
export async function watchReleases(pwa: ReturnType<typeof usePwa>): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  const workbox = new Workbox('/sw.js')
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

  const look = () => {
    if (navigator.onLine) workbox.update().catch(() => undefined)
  }
  try {
    const registration = await workbox.register()
    // The browser looks for a new release with each navigation, often before this runs: workbox does not see that one.
    const { installing } = registration ?? {}
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) offer()
    })
  } catch {
    // A refused registration (private mode, a broken certificate) leaves an app without a worker, which works as well.
    return false
  }
  setInterval(look, LOOK_EVERY_MS)
  return true
}
