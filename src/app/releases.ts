import { Workbox } from 'workbox-window'
import type { usePwa } from './stores/pwa.ts'

const SCRIPT = '/sw.js'
/** How often a page that stays open looks for a new version, ms. */
const LOOK_EVERY_MS = 60 * 60 * 1000
/** How soon a first worker that did not come is fetched again, ms; twice as long each time, and never longer than the second. */
const AGAIN_AFTER_MS = 10_000
const AGAIN_AT_LATEST_MS = 5 * 60 * 1000

/**
 * Registers the service worker and offers new versions. Without service workers (some in-app browsers) or in development it does
 * nothing; content, forms and queue do not need it.
 * @returns whether this browser has taken a worker; waits while the worker's script cannot be fetched
 */
export async function watchReleases(pwa: ReturnType<typeof usePwa>): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false
  // A refused registration (private mode, a broken certificate) leaves an app without a worker, which works as well.
  const registration = await registered().catch(() => undefined)
  if (registration === undefined) return false
  untilWhole(registration)
    .then(() => offerReleases(pwa))
    .catch(reportError)
  return true
}

/** Registers, again and again while the script cannot be fetched. @returns undefined where something in the browser prevents it */
async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  for (let againMs = AGAIN_AFTER_MS; ; againMs = Math.min(2 * againMs, AGAIN_AT_LATEST_MS)) {
    try {
      return await navigator.serviceWorker.register(SCRIPT)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
    await later(againMs)
  }
}

/** Registers again while the line breaks before all files of the first worker are here: the browser forgets it then. */
async function untilWhole(first: ServiceWorkerRegistration): Promise<void> {
  let registration: ServiceWorkerRegistration | undefined = first
  for (let againMs = AGAIN_AFTER_MS; ; againMs = Math.min(2 * againMs, AGAIN_AT_LATEST_MS)) {
    if (registration === undefined || (await hasCome(registration))) return
    await later(againMs)
    registration = await registered()
  }
}

async function hasCome(registration: ServiceWorkerRegistration): Promise<boolean> {
  const { active, waiting, installing } = registration
  if (active !== null || waiting !== null || installing === null) return true
  await new Promise((resolve) => installing.addEventListener('statechange', resolve, { once: true }))
  return installing.state !== 'redundant' || registration.installing !== null
}

/** Resolves after so many ms, or when the network comes back. */
function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
  })
}

/**
 * Nothing reloads unless the person asks for it, in this tab: another tab that changed over leaves this one as it is and offers the
 * change here too.
 */
async function offerReleases(pwa: ReturnType<typeof usePwa>): Promise<void> {
  const workbox = new Workbox(SCRIPT)
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
  setInterval(() => {
    if (navigator.onLine) workbox.update().catch(() => undefined)
  }, LOOK_EVERY_MS)
  const registration = await workbox.register()
  // The browser looks for a new release with each navigation, often before this runs: workbox does not see that one.
  const { installing } = registration ?? {}
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) offer()
  })
}
