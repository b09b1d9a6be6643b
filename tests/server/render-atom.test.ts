import { parseXml, XmlElement } from '@rgrove/parse-xml'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atomFeed, type FeedRecord } from '#server/render/atom.ts'
import { sound } from '#server/render/escape.ts'
import { hostile, ORIGIN, readHead, REAL, starterRecords } from './render-samples.ts'

const CHANGED = '2026-11-20T10:00:00+08:00'
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

function children(element: XmlElement | null | undefined, name?: string): XmlElement[] {
  const all = element?.children.filter((node) => node instanceof XmlElement) ?? []
  return name === undefined ? all : all.filter((child) => child.name === name)
}
const text = (element: XmlElement | undefined, name: string) => children(element, name)[0]?.text
function feedOf(records: readonly FeedRecord[], origin = ORIGIN) {
  const { root } = parseXml(atomFeed(origin, records, CHANGED))
  return { root: root ?? undefined, entries: children(root, 'entry') }
}

describe('the feed', () => {
  it('says what it is, where it is, and when it last changed', () => {
    const { root, entries } = feedOf([])
    expect(root?.attributes).toEqual({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'zh-CN' })
    expect(root && text(root, 'updated')).toBe('2026-11-20T10:00:00.000+08:00')
    expect(children(root, 'link').map(({ attributes }) => [attributes['rel'], attributes['href']])).toEqual([
      ['self', `${ORIGIN}/feed.xml`],
      ['alternate', `${ORIGIN}/`],
    ])
    expect(text(children(root, 'author')[0], 'name')).toBe('落地 · 嘉定招商')
    expect(entries).toEqual([])
  })

  it('gives an entry its page, dates, categories, author, summary and text', () => {
    const body: FeedRecord['body'] = [
      { type: 'heading', level: 2, text: [{ text: '一、<创新>' }] },
      {
        type: 'paragraph',
        text: [
          { text: '详见', marks: ['strong'] },
          { text: '政策', href: '/policies/a' },
        ],
      },
      { type: 'list', ordered: true, items: [[{ text: '芯片' }], [{ text: '上文', href: '#一' }]] },
      { type: 'table', caption: '表', header: [[{ text: '区' }]], rows: [[[{ text: 'A' }]]] },
      { type: 'image', image: { src: '/media/a.svg', alt: '图"', width: 4, height: 3 } },
      { type: 'image', image: { src: 'https://other.example/b.png', alt: '外图' } },
    ]
    const [entry] = feedOf([{ ...REAL, author: '区融媒体中心', summary: 'A & B', body }]).entries
    expect(text(entry, 'title')).toBe(REAL.title)
    expect(children(entry, 'link')[0]?.attributes['href']).toBe(`${ORIGIN}/articles/real`)
    expect(text(entry, 'published')).toBe('2025-07-28T00:00:00+08:00')
    expect(text(entry, 'updated')).toBe('2025-07-28T08:00:00.000+08:00')
    expect(children(entry, 'category').map(({ attributes }) => attributes)).toEqual([
      { term: 'article', label: '招商资讯' },
      { term: '招商' },
    ])
    expect(text(children(entry, 'author')[0], 'name')).toBe('区融媒体中心')
    expect(text(entry, 'summary')).toBe('A & B')
    expect(children(entry, 'content')[0]?.attributes['type']).toBe('html')
    expect(text(entry, 'content')).toBe(
      [
        '<h2>一、&lt;创新&gt;</h2>',
        `<p><strong>详见</strong><a href="${ORIGIN}/policies/a">政策</a></p>`,
        `<ol><li>芯片</li><li><a href="${ORIGIN}/articles/real#%E4%B8%80">上文</a></li></ol>`,
        '<table><caption>表</caption><thead><tr><th>区</th></tr></thead><tbody><tr><td>A</td></tr></tbody></table>',
        `<figure><img src="${ORIGIN}/media/a.svg" alt="图&quot;" width="4" height="3"></figure>`,
        '<p><a href="https://other.example/b.png">外图</a></p>',
      ].join('\n'),
    )
  })

  it('leaves out what a record does not have', () => {
    const [entry] = feedOf([{ ...REAL, tags: [] }]).entries
    for (const name of ['summary', 'content', 'author']) expect(children(entry, name)).toEqual([])
  })

  it('names feed and entries alike on every host, and no two alike', () => {
    const records = [REAL, { ...REAL, kind: 'project' as const }, { ...REAL, id: 'other' }]
    const ids = (origin: string) => {
      const { root, entries } = feedOf(records, origin)
      return [root, ...entries].map((element) => text(element, 'id'))
    }
    expect(ids('https://moved.example')).toEqual(ids(ORIGIN))
    expect(new Set(ids(ORIGIN)).size).toBe(4)
    for (const id of ids(ORIGIN))
      expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
    expect(ids(ORIGIN)[0]).toBe('urn:uuid:055593d1-3915-5250-953a-278e57d48719')
  })

  it('is XML, and its texts are HTML, whatever was written', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, href) => {
        const body: FeedRecord['body'] = [{ type: 'paragraph', text: [{ text: title, href: `http://${href}` }] }]
        const [entry] = feedOf([{ ...REAL, title, tags: [title], author: title, summary: `a${title}`, body }]).entries
        expect(text(entry, 'summary')).toBe(sound(`a${title}`))
        expect(readHead(`<template>${text(entry, 'content')}</template>`).stray).toBe(0)
      }),
    )
  })

  it('has all that RFC 4287 asks of an entry, for every real record of the starter', () => {
    const real = starterRecords().filter(({ sample }) => !sample)
    const { entries } = feedOf(real)
    expect(entries).toHaveLength(real.length)
    for (const entry of entries) {
      for (const name of ['id', 'title', 'updated', 'link']) expect(children(entry, name)).toHaveLength(1)
      expect(text(entry, 'updated')).toMatch(RFC3339)
      expect(text(entry, 'published')).toMatch(RFC3339)
    }
  })
})
