import type { WorkboxPlugin } from 'workbox-core/types.js'

/**
 * Whether an answer may be kept under its address: complete, and not a web page where something else was asked for. A proxy, a
 * captive portal or a misconfigured server answers scripts and pictures with 200 and its own page.
 */
export function isGenuine(url: string, response: Response): boolean {
  if (response.status !== 200) return false
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html') === true
  return !isPage || new URL(url).pathname.endsWith('.html')
}

/** Keeps nothing in a cache that is not genuine. */
export const genuineOnly: WorkboxPlugin = {
  cacheWillUpdate: ({ request, response }) => Promise.resolve(isGenuine(request.url, response) ? response : null),
}
