import { addressOf } from './site.ts'
import { SITEMAP_PATH } from './sitemap.ts'

/**
 * `/robots.txt` (RFC 9309). Kept from crawlers: the API, and what a person keeps on the phone. Pages that a search should
 * not find but a crawler may read say so themselves, see `head.ts`: who may not fetch a page cannot read its `noindex`.
 * @param origin scheme and host: the address of the sitemap must be absolute (sitemaps.org, "Submitting your Sitemap")
 */
export function robotsText(origin: string): string {
  return [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /me$',
    'Disallow: /me/',
    '',
    `Sitemap: ${addressOf(origin, SITEMAP_PATH)}`,
    '',
  ].join('\n')
}
