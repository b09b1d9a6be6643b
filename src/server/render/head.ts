import type { ContentRecord } from '#domain/record/record.ts'
import { escapedLine } from './escape.ts'
import { FEED_PATH } from './atom.ts'
import { jsonLdScript, recordCrumbs, recordThings, siteThings, wayThings } from './json-ld.ts'
import { addressOf, SITE } from './site.ts'
import { socialTags } from './social-tags.ts'
import type { Crumb } from './things/breadcrumbs.ts'

/** What the head of a page is made of. */
export interface PageFacts {
  /** Scheme and host: `https://luodi.example`. */
  origin: string
  /** Canonical path, with such a query only as leads to other content: `/articles?page=2`. */
  path: string
  /** The page's own name; absent on the first page, which is called as the site is. */
  title?: string | undefined
  /** One line, not empty; of a record, see `recordDescription`. */
  description: string
  status: 200 | 404 | 410
  /** The record that the page shows. */
  record?: ContentRecord | undefined
  /** Whether all that the page lists is invented (示例). */
  sampleOnly?: boolean | undefined
  /** Path of its share picture, 1200 × 630; absent: the site's mark. */
  imagePath?: string | undefined
  /** The way to the page; absent for a record: home, its list, itself. */
  breadcrumbs?: readonly Crumb[] | undefined
}

/** Pages that show what is on the phone, or what somebody asked for: nothing that a search could find there. */
const PERSONAL = /^\/(me|compare|search)(\/|$)/

/**
 * What stands in the head of a page and differs from page to page: title, description, canonical address, robots, the
 * feed's address, share tags and JSON-LD. A page that is not there has a title and no more: it has no address to share.
 * @returns HTML, one element a line
 */
export function pageHead(page: PageFacts): string {
  const found = isFindable(page)
  const title = page.title === undefined ? SITE.name : `${page.title} · ${SITE.short}`
  return [
    `<title>${escapedLine(title)}</title>`,
    `<meta name="description" content="${escapedLine(page.description)}">`,
    `<meta name="robots" content="${found ? 'index, follow, max-image-preview:large' : 'noindex'}">`,
    ...(page.status === 200 ? addressTags(page) : []),
    ...(found ? [jsonLdScript(things(page))] : []),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/**
 * Whether search engines may list the page. Not what is personal, missing or invented: a search result would pass 示例 off
 * as a fact.
 */
export function isFindable(page: Pick<PageFacts, 'path' | 'status' | 'record' | 'sampleOnly'>): boolean {
  const [path = ''] = page.path.split('?')
  return page.status === 200 && !PERSONAL.test(path) && page.record?.sample !== true && page.sampleOnly !== true
}

function addressTags({ title = SITE.name, ...page }: PageFacts): string[] {
  return [
    `<link rel="canonical" href="${escapedLine(addressOf(page.origin, page.path))}">`,
    `<link rel="alternate" type="application/atom+xml" title="${SITE.name}" href="${FEED_PATH}">`,
    ...socialTags({ ...page, title }),
  ]
}

function things({ origin, path, record, imagePath, breadcrumbs }: PageFacts) {
  const way = breadcrumbs ?? (record === undefined ? [] : recordCrumbs(record))
  return [
    ...(path === '/' ? siteThings(origin) : []),
    ...(record === undefined ? [] : recordThings({ origin, record, imagePath })),
    ...wayThings(origin, way),
  ]
}
