import { parseXml, XmlElement } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIST_PATHS, recordPath } from '#domain/record/kind.ts'
import { sitemapEntries } from '#server/render/sitemap-entries.ts'
import { sitemapFiles } from '#server/render/sitemap.ts'
import { hostile, ORIGIN, REAL, starterRecords } from './render-samples.ts'

/** Locations and dates of a file, and the name of its root. */
function read(xml: string | undefined) {
  const { root } = parseXml(xml ?? '')
  const items = root?.children.filter((node) => node instanceof XmlElement) ?? []
  const text = (item: XmlElement, name: string) =>
    item.children.find((node) => node instanceof XmlElement && node.name === name)?.toJSON()['children']
  return {
    name: root?.name,
    space: root?.attributes['xmlns'],
    locations: items.map((item) => String((text(item, 'loc') as { text: string }[])[0]?.text)),
    dates: items.map((item) => (text(item, 'lastmod') as { text: string }[] | undefined)?.[0]?.text),
  }
}

describe('the sitemap', () => {
  it('gives each page by its whole address, with its date or instant', () => {
    const files = sitemapFiles(ORIGIN, [
      { path: '/articles/a', lastModified: '2025-07-28' },
      { path: '/parks/b?page=2&x=1', lastModified: '2025-07-28T01:30:00Z' },
      { path: '/contact' },
    ])
    expect([...files.keys()]).toEqual(['/sitemap.xml'])
    expect(read(files.get('/sitemap.xml'))).toEqual({
      name: 'urlset',
      space: 'http://www.sitemaps.org/schemas/sitemap/0.9',
      locations: [`${ORIGIN}/articles/a`, `${ORIGIN}/parks/b?page=2&x=1`, `${ORIGIN}/contact`],
      dates: ['2025-07-28', '2025-07-28T09:30:00.000+08:00', undefined],
    })
    expect(read(sitemapFiles(ORIGIN, []).get('/sitemap.xml')).locations).toEqual([])
  })

  it('is one file up to 50,000 pages, and an index of numbered files above', () => {
    const entries = Array.from({ length: 50_001 }, (_, index) => ({
      path: `/articles/${index}`,
      lastModified: index === 7 ? '2026-01-01' : '2025-01-01',
    }))
    expect(sitemapFiles(ORIGIN, entries.slice(1)).size).toBe(1)
    const files = sitemapFiles(ORIGIN, entries)
    expect([...files.keys()]).toEqual(['/sitemap.xml', '/sitemap-1.xml', '/sitemap-2.xml'])
    expect(read(files.get('/sitemap.xml'))).toMatchObject({
      name: 'sitemapindex',
      locations: [`${ORIGIN}/sitemap-1.xml`, `${ORIGIN}/sitemap-2.xml`],
      dates: ['2026-01-01', '2025-01-01'],
    })
    expect(read(files.get('/sitemap-2.xml')).locations).toEqual([`${ORIGIN}/articles/50000`])
  })

  it('keeps each file within the bytes, loses no page and turns none around', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 700, max: 2000 }),
        (names, urls, bytes) => {
          const entries = names.map((name) => ({ path: `/articles/${encodeURIComponent(name)}` }))
          const files = sitemapFiles(ORIGIN, entries, { urls, bytes })
          const parts = [...files.entries()].filter(([path]) => files.size === 1 || path !== '/sitemap.xml')
          for (const [, xml] of parts) expect(Buffer.byteLength(xml)).toBeLessThanOrEqual(bytes)
          for (const [, xml] of parts) expect(read(xml).locations.length).toBeLessThanOrEqual(urls)
          const all = parts.flatMap(([, xml]) => read(xml).locations)
          expect(all).toEqual(entries.map(({ path }) => new URL(path, ORIGIN).href))
        },
      ),
    )
  })

  it('is XML whatever a path holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const path = `/search?q=${text.replaceAll('#', '')}`
        expect(read(sitemapFiles(ORIGIN, [{ path }]).get('/sitemap.xml')).locations).toEqual([
          new URL(path, ORIGIN).href,
        ])
      }),
    )
  })
})

describe('the pages in it', () => {
  it('are home, lists, forms and records, newest change first, without the invented', () => {
    const older = { ...REAL, id: 'older', updatedAt: '2025-07-28T07:00:00+08:00' }
    const sample = {
      ...REAL,
      kind: 'listing',
      id: 'invented',
      sample: true,
      updatedAt: '2026-01-01T00:00:00Z',
    } as const
    expect(sitemapEntries([older, sample, REAL])).toEqual([
      { path: '/', lastModified: REAL.updatedAt },
      { path: '/articles', lastModified: REAL.updatedAt },
      { path: '/contact' },
      { path: '/settle' },
      { path: '/articles/real', lastModified: REAL.updatedAt },
      { path: '/articles/older', lastModified: older.updatedAt },
    ])
  })

  it('of the starter: every real record and no other', () => {
    const found = read(sitemapFiles(ORIGIN, sitemapEntries(starterRecords())).get('/sitemap.xml')).locations
    const real = starterRecords().filter(({ sample }) => !sample)
    for (const record of real) expect(found).toContain(`${ORIGIN}${recordPath(record)}`)
    const lists = new Set(real.map(({ kind }) => LIST_PATHS[kind]))
    expect(found).toHaveLength(1 + lists.size + 2 + real.length)
  })
})
