import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainLine } from '#domain/plain-text.ts'
import { recordPath, RECORD_KINDS } from '#domain/record/kind.ts'
import { recordDescription } from '#server/render/description.ts'
import { sound } from '#server/render/escape.ts'
import { isFindable, pageHead, type PageFacts } from '#server/render/head.ts'
import { robotsText } from '#server/render/robots.ts'
import { hostile, ORIGIN, readHead, REAL, realRecords, starterRecords } from './render-samples.ts'

const LIST: PageFacts = {
  origin: ORIGIN,
  path: '/articles?page=2',
  title: '招商资讯',
  description: '资讯',
  status: 200,
}
const RECORD: PageFacts = {
  origin: ORIGIN,
  path: '/articles/real',
  title: REAL.title,
  description: recordDescription(REAL),
  status: 200,
  record: REAL,
}
const robots = (page: PageFacts) => readHead(pageHead(page)).meta('robots')[0]

describe('the head of a page', () => {
  it('names it, tells its address, and where the feed is', () => {
    const head = readHead(pageHead(LIST))
    expect(head.title).toBe('招商资讯 · 落地')
    expect(head.meta('description')).toEqual(['资讯', '资讯'])
    expect(head.canonical).toBe(`${ORIGIN}/articles?page=2`)
    expect(head.meta('og:url')).toEqual([head.canonical])
    expect(pageHead(LIST)).toContain('type="application/atom+xml" title="落地 · 嘉定招商" href="/feed.xml"')
    expect(readHead(pageHead({ ...LIST, path: '/', title: undefined })).title).toBe('落地 · 嘉定招商')
  })

  it('shows a record as an article with its dates and tags', () => {
    const head = readHead(pageHead({ ...RECORD, record: { ...REAL, tags: ['汽车', '"招商"'] } }))
    expect(head.meta('og:type')).toEqual(['article'])
    expect(head.meta('article:published_time')).toEqual(['2025-07-28'])
    expect(head.meta('article:modified_time')).toEqual(['2025-07-28T08:00:00.000+08:00'])
    expect(head.meta('article:tag')).toEqual(['汽车', '"招商"'])
    const [park] = realRecords('park')
    const place = readHead(pageHead({ ...RECORD, record: park }))
    expect(place.meta('og:type')).toEqual(['website'])
    expect(place.meta('article:published_time')).toEqual([])
  })

  it('carries the share picture for those who read og: and for QQ, with its size', () => {
    const head = readHead(pageHead({ ...RECORD, imagePath: '/share/real-1.png' }))
    for (const name of ['og:image', 'image']) expect(head.meta(name)).toEqual([`${ORIGIN}/share/real-1.png`])
    expect(head.meta('og:image:type')).toEqual(['image/png'])
    expect([head.meta('og:image:width'), head.meta('og:image:height')]).toEqual([['1200'], ['630']])
    expect(head.meta('og:image:alt')).toEqual([REAL.title])
    expect(head.meta('twitter:card')).toEqual(['summary_large_image'])
    expect(head.meta('name')).toEqual([REAL.title])
    const mark = readHead(pageHead(RECORD))
    expect(mark.meta('og:image')).toEqual([`${ORIGIN}/icons/icon-512.png`])
    expect([mark.meta('og:image:width'), mark.meta('twitter:card')]).toEqual([['512'], ['summary']])
  })

  it('keeps what is personal, missing or invented from search', () => {
    expect(robots(LIST)).toMatch(/^index/)
    for (const path of ['/me', '/me/inquiries/1', '/compare?ids=a', '/search', '/search?q=x']) {
      expect(robots({ ...LIST, path })).toBe('noindex')
    }
    expect(isFindable({ path: '/methods', status: 200 })).toBe(true)
    expect(robots({ ...LIST, sampleOnly: true })).toBe('noindex')
    expect(robots({ ...RECORD, record: { ...REAL, sample: true } })).toBe('noindex')
  })

  it('gives a page that is not there a title and nothing to share', () => {
    for (const status of [404, 410] as const) {
      const head = readHead(pageHead({ ...RECORD, status }))
      expect(head.names).toEqual(['title', 'meta', 'meta'])
      expect(head.meta('robots')).toEqual(['noindex'])
    }
  })

  it('stays a head whatever a record is called', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, tag) => {
        const record = { ...REAL, title, tags: [tag], summary: title }
        const head = readHead(pageHead({ ...RECORD, title, description: title, record, imagePath: '/share/a.png' }))
        expect(head.stray).toBe(0)
        expect(new Set(head.names)).toEqual(new Set(['title', 'meta', 'link', 'script']))
        expect(head.names.filter((name) => name === 'script')).toHaveLength(1)
        expect(head.meta('og:title')).toEqual([sound(plainLine(title))])
      }),
    )
  })

  it('suits every record of the starter; the invented ones are not to be found', () => {
    for (const kind of RECORD_KINDS) expect(starterRecords().some((record) => record.kind === kind)).toBe(true)
    for (const record of starterRecords()) {
      const page = { ...RECORD, path: recordPath(record), title: record.title, description: 'x', record }
      const head = readHead(pageHead(page))
      expect(head.stray).toBe(0)
      expect(head.meta('robots')[0] === 'noindex').toBe(record.sample)
      expect(head.scripts).toHaveLength(record.sample ? 0 : 1)
      expect(head.canonical).toBe(`${ORIGIN}${recordPath(record)}`)
    }
  })
})

describe('robots.txt', () => {
  it('names the sitemap by its whole address and keeps crawlers from what is personal', () => {
    const lines = robotsText(ORIGIN).split('\n')
    expect(lines).toContain(`Sitemap: ${ORIGIN}/sitemap.xml`)
    expect(lines.slice(0, 4)).toEqual(['User-agent: *', 'Disallow: /api/', 'Disallow: /me$', 'Disallow: /me/'])
  })
})
