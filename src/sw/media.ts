import type { WorkboxPlugin } from 'workbox-core/types.js'
import { variantStem } from '#domain/variant-path.ts'
import { MEDIA_CACHE, SHOWN_CACHE } from '#replica/media-cache.ts'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { genuineOnly, isGenuine } from './genuine.ts'
import { untilGivenWay } from './give-way.ts'
import { partOfFile } from './part-of-file.ts'

const MEDIA_PATH = '/media/'
/** Most files kept because a page showed them; the ones shown first go first. */
const SHOWN_ENTRIES = 500

/** Counts by the cache itself, which lists its entries in the order of their arrival: no second database to fail. */
const bounded: WorkboxPlugin = {
  cacheDidUpdate: async ({ cacheName }) => {
    const cache = await caches.open(cacheName)
    const entries = await cache.keys()
    await Promise.all(entries.slice(0, -SHOWN_ENTRIES).map((entry) => cache.delete(entry)))
  },
}

/** What a page shows of a picture is not stored where the picture is there in another size. */
const onlyNew: WorkboxPlugin = {
  cacheWillUpdate: async ({ request, response }) => ((await otherSizes(request)).length === 0 ? response : null),
}

/** One file of a picture is enough: the one that the app fetches stays (`keptFile`), and the others go then. */
const oneOfEach: WorkboxPlugin = {
  cacheDidUpdate: async ({ request }) => {
    const shown = await caches.open(SHOWN_CACHE)
    await shown.delete(request)
    await Promise.all((await otherSizes(request)).map((other) => shown.delete(other)))
  },
}

/** Requests in both caches for the same picture in another size or format. */
async function otherSizes({ url }: Request): Promise<Request[]> {
  const stem = variantStem(new URL(url).pathname)
  if (stem === undefined) return []
  const both = await Promise.all([MEDIA_CACHE, SHOWN_CACHE].map(async (name) => (await caches.open(name)).keys()))
  return both.flat().filter((other) => other.url !== url && variantStem(new URL(other.url).pathname) === stem)
}

/** What the app fetches is part of the copy, which says what stays of it; what a page shows beside it stays while there is room. */
const wanted = new CacheFirst({
  cacheName: MEDIA_CACHE,
  plugins: [genuineOnly, oneOfEach],
  fetchOptions: untilGivenWay,
})
const shown = new CacheFirst({
  cacheName: SHOWN_CACHE,
  plugins: [genuineOnly, onlyNew, bounded],
  fetchOptions: untilGivenWay,
})

/** Answers pictures and files from the phone, a picture also in another size. */
export function serveMedia(): void {
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(MEDIA_PATH),
    async ({ request, event }) => {
      const range = request.headers.get('Range')
      if (range !== null) return part(request, range)
      const answer = await whole(request, event).catch(() => undefined)
      if (answer !== undefined && isGenuine(request.url, answer)) return answer
      const [other] = await otherSizes(request)
      return (other && (await caches.match(other))) ?? answer ?? Response.error()
    },
  )
}

async function whole(request: Request, event: ExtendableEvent): Promise<Response> {
  // Only a page's own `fetch` has no destination.
  if (request.destination === '') return wanted.handle({ request, event })
  return (await caches.match(request)) ?? shown.handle({ request, event })
}

/** Where the whole is not on the phone, the server cuts the part. */
async function part(request: Request, range: string): Promise<Response> {
  const kept = await caches.match(request.url)
  return kept === undefined ? fetch(request) : partOfFile(range, kept)
}
