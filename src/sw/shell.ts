import { cacheNames } from 'workbox-core'
import { PrecacheController, type PrecacheEntry, PrecacheRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { dropKeptPages, keptPage } from '#replica/rendered-pages.ts'
import { genuineOnly } from './genuine.ts'
import { isAppPage } from './pages.ts'
import { ASSETS_PATH, fromPreviousRelease, keepPreviousRelease } from './previous-release.ts'

declare const self: ServiceWorkerGlobalScope

const SHELL = '/index.html'

/**
 * Keeps the whole app on the phone and answers with it: files of the build, and every page of the app, known or not, with
 * the shell. Other requests are left alone.
 * @param manifest every file of this release
 */
export function serveShell(manifest: (PrecacheEntry | string)[]): void {
  const precache = new PrecacheController({ plugins: [genuineOnly] })
  precache.addToCacheList(manifest)

  self.addEventListener('install', (event) => void precache.install(event))
  self.addEventListener('activate', (event) => event.waitUntil(takeOver(precache, event)))

  registerRoute(new PrecacheRoute(precache, { cleanURLs: false }))
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(ASSETS_PATH),
    ({ request }) => fromPreviousRelease(request),
  )
  registerRoute(
    ({ request, url }) => request.mode === 'navigate' && isAppPage(url, self.location.origin),
    // A page as it was read before paints first; what it shows is brought up to date from the phone.
    async ({ request }) => (await keptPage(request)) ?? (await precache.matchPrecache(SHELL)) ?? fetch(request),
  )
}

/** Makes this release the one in charge, of tabs too that were opened before there was a worker. */
async function takeOver(precache: PrecacheController, event: ExtendableEvent): Promise<void> {
  const current = new Set(precache.getURLsToCacheKeys().values())
  // Without room for it an older tab is offered the new version instead; the new release must take over in any case.
  await keepPreviousRelease(cacheNames.precache, current).catch(() => undefined)
  await precache.activate(event)
  await dropKeptPages()
  await self.clients.claim()
}
