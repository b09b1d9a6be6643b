/** Pages of records as the server rendered them, by address: a link opened again is read before any script has run. */
const PAGES_CACHE = 'luodi-pages'
/** Most pages kept; the one kept first goes first. A page is about 40 kB. */
const MOST_PAGES = 50
/** Only our own rendered pages hold this: a captive portal's page is answered with 200 too. */
const OUR_PAGE = ' id="page-data">'

/**
 * Keeps the rendered page at an address as the server has it now; one that is not there any more goes. Asks with a condition, so
 * that a page just fetched costs a few bytes.
 * @param address path and query
 * @throws TypeError when the server cannot be reached; what is kept stays then
 */
export async function keepPage(address: string): Promise<void> {
  const response = await fetch(address, { cache: 'no-cache' })
  const cache = await caches.open(PAGES_CACHE)
  const html = await response.text()
  if (response.status === 404 || response.status === 410) await cache.delete(address)
  if (response.status !== 200 || !html.includes(OUR_PAGE)) return
  await cache.delete(address)
  await cache.put(address, new Response(html, { headers: response.headers }))
  const entries = await cache.keys()
  await Promise.all(entries.slice(0, -MOST_PAGES).map((entry) => cache.delete(entry)))
}

/** The page kept for a navigation. */
export async function keptPage(request: Request): Promise<Response | undefined> {
  return caches.match(request.url, { cacheName: PAGES_CACHE })
}

/** Drops every page: they name the files of a release that has gone. */
export async function dropKeptPages(): Promise<void> {
  await caches.delete(PAGES_CACHE)
}
