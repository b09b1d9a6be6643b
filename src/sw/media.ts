import type { WorkboxPlugin } from 'workbox-core/types.js'
import { variantStem } from '#domain/variant-path.ts'
import { MEDIA_CACHE } from '#replica/media-cache.ts'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { genuineOnly, isGenuine } from './genuine.ts'
import { untilGivenWay } from './give-way.ts'

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

/**
 * One file of a picture is enough. The app fetches the one that is to stay (`keptFile`), and the others go then; what a page shows
 * of it beside that is not stored.
 */
const oneOfEach: WorkboxPlugin = {
  cacheWillUpdate: async ({ request, response }) => {
    const isWanted = request.destination !== 'image' || (await otherSizes(request)).length === 0
    return isWanted ? response : null
  },
  cacheDidUpdate: async ({ request }) => {
    const cache = await caches.open(MEDIA_CACHE)
    await Promise.all((await otherSizes(request)).map((other) => cache.delete(other)))
  },
}

/** Requests in the cache for the same picture in another size or format. */
async function otherSizes({ url }: Request): Promise<Request[]> {
  const stem = variantStem(new URL(url).pathname)
  if (stem === undefined) return []
  const kept = await (await caches.open(MEDIA_CACHE)).keys()
  return kept.filter((other) => other.url !== url && variantStem(new URL(other.url).pathname) === stem)
}

/** Answers pictures from the phone once they have been seen, also in another size. A part of a file is left to the server. */
export function serveMedia(): void {
  const files = new CacheFirst({
    cacheName: MEDIA_CACHE,
    plugins: [genuineOnly, oneOfEach, bounded],
    fetchOptions: untilGivenWay,
  })
  registerRoute(
    ({ request, url, sameOrigin }) =>
      sameOrigin && url.pathname.startsWith(MEDIA_PATH) && !request.headers.has('Range'),
    async ({ request, event }) => {
      const answer = await files.handle({ request, event }).catch(() => undefined)
      if (answer !== undefined && isGenuine(request.url, answer)) return answer
      const [other] = await otherSizes(request)
      return (other && (await caches.match(other))) ?? answer ?? Response.error()
    },
  )
}
