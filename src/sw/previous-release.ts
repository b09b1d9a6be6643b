import { untilGivenWay } from './give-way.ts'

/** Files of the release before this one: a tab that still shows it must be able to load the parts it has not needed yet. */
const PREVIOUS_CACHE = 'luodi-previous'

/** Where the build puts files whose names change with their content. */
export const ASSETS_PATH = '/assets/'

/**
 * Copies those files of the outgoing release that the new one no longer has, in place of what was kept before. To be called
 * when the new release takes over, before its precache drops them. A release that drops nothing leaves the copy as it is.
 * @param precacheName cache that both releases share
 * @param current absolute URLs that the new release has
 */
export async function keepPreviousRelease(precacheName: string, current: ReadonlySet<string>): Promise<void> {
  const precache = await caches.open(precacheName)
  const outgoing = (await precache.keys()).filter(
    (request) => new URL(request.url).pathname.startsWith(ASSETS_PATH) && !current.has(request.url),
  )
  if (outgoing.length === 0) return
  await caches.delete(PREVIOUS_CACHE)
  const previous = await caches.open(PREVIOUS_CACHE)
  for (const request of outgoing) {
    const response = await precache.match(request)
    if (response !== undefined) await previous.put(request, response)
  }
}

/**
 * Answers a request for a build file that this release does not have: from the previous one, else from the server. All caches
 * are asked: requests arrive while this release is still taking over and the file stands in the precache.
 */
export async function fromPreviousRelease(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request, untilGivenWay)
}
