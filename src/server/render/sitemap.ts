import { escaped } from './escape.ts'
import { addressOf } from './site.ts'
import { shanghaiInstant } from '#domain/shanghai.ts'

/** What one file may hold (sitemaps.org): URLs, and bytes before compression. */
const LIMITS = { urls: 50_000, bytes: 52_428_800 } as const

/** A page to be found. `lastModified` is a date `YYYY-MM-DD` or an RFC 3339 instant; absent where it is not known. */
export interface SitemapEntry {
  path: string
  lastModified?: string | undefined
}

/** Path of the file that robots.txt names; the numbered ones stand beside it. */
export const SITEMAP_PATH = '/sitemap.xml'

/**
 * The sitemap, by the path of each of its files: `/sitemap.xml` alone, or an index there and `/sitemap-1.xml`,
 * `/sitemap-2.xml` … where one file would hold more than the protocol allows (sitemaps.org, "Using Sitemap index files").
 * @param origin scheme and host
 * @param entries in the order in which they are to stand
 * @param limits of one file; those of the protocol unless a test says otherwise
 */
export function sitemapFiles(
  origin: string,
  entries: readonly SitemapEntry[],
  limits: { urls: number; bytes: number } = LIMITS,
): ReadonlyMap<string, string> {
  const parts = split(entries, origin, limits)
  const [only, ...more] = parts
  if (more.length === 0) return new Map([[SITEMAP_PATH, document('urlset', only?.lines ?? [])]])
  const numbered = parts.map((part, index) => ({ ...part, path: `/sitemap-${index + 1}.xml` }))
  const index = numbered.map(({ path, newest }) => element('sitemap', origin, { path, lastModified: newest }))
  return new Map([
    [SITEMAP_PATH, document('sitemapindex', index)],
    ...numbered.map(({ path, lines }) => [path, document('urlset', lines)] as const),
  ])
}

interface Part {
  lines: string[]
  bytes: number
  newest?: string | undefined
}

function split(entries: readonly SitemapEntry[], origin: string, limits: { urls: number; bytes: number }): Part[] {
  const empty = Buffer.byteLength(document('urlset', []))
  const parts: Part[] = []
  let part: Part | undefined
  for (const entry of entries) {
    const line = element('url', origin, entry)
    const bytes = Buffer.byteLength(line)
    if (part === undefined || part.lines.length >= limits.urls || part.bytes + bytes > limits.bytes) {
      part = { lines: [], bytes: empty }
      parts.push(part)
    }
    part.lines.push(line)
    part.bytes += bytes
    part.newest = later(part.newest, entry.lastModified)
  }
  return parts
}

function later(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return Date.parse(other) > Date.parse(one) ? other : one
}

function document(root: 'urlset' | 'sitemapindex', lines: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('')}</${root}>\n`
}

function element(name: 'url' | 'sitemap', origin: string, { path, lastModified }: SitemapEntry): string {
  const changed = lastModified === undefined ? '' : `<lastmod>${w3cTime(lastModified)}</lastmod>`
  return `<${name}><loc>${escaped(addressOf(origin, path))}</loc>${changed}</${name}>\n`
}

/** A date as it is, an instant with its offset: both are W3C Datetime, which `lastmod` asks for. */
function w3cTime(time: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(time) ? time : shanghaiInstant(time)
}
