/** Pages of records as the server rendered them, by address: a link opened again is read before any script has run. */
const PAGES_CACHE = 'luodi-pages'
/** Most pages kept; the one kept first goes first. A page is about 40 kB. */
const MOST_PAGES = 50
/** A kept page's header with the paths of the scripts that take it over. */
const SCRIPTS_HEADER = 'Luodi-Scripts'

/**
 * Keeps the rendered page at an address; one that is not there any more goes. A captive portal's page names no scripts of ours,
 * and a page of another release none that are on this phone: neither is kept.
 * @param address path and query
 * @param isFresh whether the browser has just had it from the server, and need not ask again
 * @throws TypeError when the server cannot be reached; what is kept stays then
 */
export async function keepPage(address: string, isFresh: boolean): Promise<void> {
  const response = await fetch(address, { cache: isFresh ? 'force-cache' : 'no-cache' })
  const cache = await caches.open(PAGES_CACHE)
  const html = await response.text()
  if (response.status === 404 || response.status === 410) await cache.delete(address)
  const [, scripts] = / data-scripts="([^"]+)"/.exec(html) ?? []
  if (response.status !== 200 || scripts === undefined || !(await areHere(scripts))) return
  const headers = new Headers(response.headers)
  headers.set(SCRIPTS_HEADER, scripts)
  await cache.delete(address)
  await cache.put(address, new Response(html, { headers }))
  const entries = await cache.keys()
  await Promise.all(entries.slice(0, -MOST_PAGES).map((entry) => cache.delete(entry)))
}

/** The page kept for a navigation, if this release's scripts can take it over. */
export async function keptPage(request: Request): Promise<Response | undefined> {
  const page = await caches.match(request.url, { cacheName: PAGES_CACHE })
  return page !== undefined && (await areHere(page.headers.get(SCRIPTS_HEADER) ?? '')) ? page : undefined
}

/** Drops every page: the content that they show, or the release that they name, is not the present one any more. @returns whether there were any */
export async function dropKeptPages(): Promise<boolean> {
  return 'caches' in globalThis && (await caches.delete(PAGES_CACHE))
}

async function areHere(scripts: string): Promise<boolean> {
  const found = await Promise.all(scripts.split(' ').map((script) => caches.match(script)))
  return found.every((response) => response !== undefined)
}
