import type { WorkboxPlugin } from 'workbox-core/types.js'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { genuineOnly } from './genuine.ts'

/** Pictures and attachments of this site. Their addresses name their content and never change it. */
const MEDIA_CACHE = 'luodi-media'
const MEDIA_PATH = '/media/'
/**
 * Most files kept; the ones fetched first go first. The app fetches every file of the content at each start, so that all of it
 * must fit, else each start would drop what the one before it had brought: a thousand records with two files each.
 */
const MEDIA_ENTRIES = 2000

/** Counts by the cache itself, which lists its entries in the order of their arrival: no second database to fail. */
const bounded: WorkboxPlugin = {
  cacheDidUpdate: async ({ cacheName }) => {
    const cache = await caches.open(cacheName)
    const entries = await cache.keys()
    await Promise.all(entries.slice(0, -MEDIA_ENTRIES).map((entry) => cache.delete(entry)))
  },
}

/** Answers pictures from the phone once they have been seen. A part of a file is left to the server. */
export function serveMedia(): void {
  registerRoute(
    ({ request, url, sameOrigin }) =>
      sameOrigin && url.pathname.startsWith(MEDIA_PATH) && !request.headers.has('Range'),
    new CacheFirst({ cacheName: MEDIA_CACHE, plugins: [genuineOnly, bounded] }),
  )
}
