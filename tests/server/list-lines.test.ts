import { describe, expect, it } from 'vitest'
import { changeLines, putLines } from '#server/feed/list-lines.ts'
import { sentBodies } from '#server/feed/sent-bodies.ts'
import { article } from './samples.ts'

const variant = (width: number, type = 'image/webp') => ({
  src: `/media/yard.w${width}.${type.slice(6)}`,
  type,
  width,
  bytes: width * 100,
})

const whole = {
  ...article('a1', '厂房'),
  summary: '摘要',
  images: [{ src: '/media/yard.jpg', alt: '', variants: [variant(360), variant(1080), variant(1080, 'image/avif')] }],
  attachments: [{ title: '附件', url: '/media/a.pdf', bytes: 12, sha256: '0'.repeat(64) }],
  body: [{ type: 'paragraph', text: [{ text: '正文' }] }],
}

/** If one of these has to change, the release that changes it begins a new epoch: see `src/domain/feed-v2.ts`. */
describe('what caches keep of a record for as long as an epoch lasts', () => {
  const lines = (record: { id: string; [field: string]: unknown }) => {
    const { line, body } = putLines({ v: 7, id: record.id, kind: 'article', json: JSON.stringify(record) })
    return { line, body }
  }

  it('is this of one with a text and files', () => {
    expect(lines(whole)).toMatchInlineSnapshot(`
      {
        "body": "{"source":{"name":"样例","retrievedAt":"2025-07-29"},"images":[{"src":"/media/yard.jpg","alt":"","variants":[{"src":"/media/yard.w360.webp","type":"image/webp","width":360,"bytes":36000},{"src":"/media/yard.w1080.webp","type":"image/webp","width":1080,"bytes":108000},{"src":"/media/yard.w1080.avif","type":"image/avif","width":1080,"bytes":108000}]}],"attachments":[{"title":"附件","url":"/media/a.pdf","bytes":12,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}],"body":[{"type":"paragraph","text":[{"text":"正文"}]}]}",
        "line": "{"op":"put","v":7,"id":"a1","kind":"article","record":{"id":"a1","kind":"article","title":"厂房","summary":"摘要","region":{"code":"310114","name":"上海市嘉定区"},"tags":["招商"],"publishedAt":"2025-07-28","updatedAt":"2025-07-28T00:00:00.000Z","sample":true},"body":{"sha256":"d6c0ab12a5fe5d3ac47fcf3512f3214cf27ecb61b8edb126c71e5b7ab8fc1423","bytes":554},"files":[{"path":"/media/yard.w1080.webp","bytes":108000,"width":1080},{"path":"/media/a.pdf","bytes":12,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}],"titleOnly":false}",
      }
    `)
  })

  it('is this of one with its title alone', () => {
    expect(lines(article('a2'))).toMatchInlineSnapshot(`
      {
        "body": "{"source":{"name":"样例","retrievedAt":"2025-07-29"},"images":[],"attachments":[]}",
        "line": "{"op":"put","v":7,"id":"a2","kind":"article","record":{"id":"a2","kind":"article","title":"标题 a2","summary":"","region":{"code":"310114","name":"上海市嘉定区"},"tags":["招商"],"publishedAt":"2025-07-28","updatedAt":"2025-07-28T00:00:00.000Z","sample":true},"body":{"sha256":"cb308a402cd9fc20cccd2166f8fb97f1a0674fdf48c37f647ef092eb69f0d772","bytes":84},"files":[],"titleOnly":true}",
      }
    `)
  })

  it('is this of one that this release cannot read', () => {
    expect(lines({ ...whole, summary: { text: '摘要' } })).toMatchInlineSnapshot(`
      {
        "body": "{"source":{"name":"样例","retrievedAt":"2025-07-29"},"images":[{"src":"/media/yard.jpg","alt":"","variants":[{"src":"/media/yard.w360.webp","type":"image/webp","width":360,"bytes":36000},{"src":"/media/yard.w1080.webp","type":"image/webp","width":1080,"bytes":108000},{"src":"/media/yard.w1080.avif","type":"image/avif","width":1080,"bytes":108000}]}],"attachments":[{"title":"附件","url":"/media/a.pdf","bytes":12,"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}],"body":[{"type":"paragraph","text":[{"text":"正文"}]}]}",
        "line": "{"op":"put","v":7,"id":"a1","kind":"article","record":{"id":"a1","kind":"article","title":"厂房","summary":{"text":"摘要"},"region":{"code":"310114","name":"上海市嘉定区"},"tags":["招商"],"publishedAt":"2025-07-28","updatedAt":"2025-07-28T00:00:00.000Z","sample":true},"body":{"sha256":"d6c0ab12a5fe5d3ac47fcf3512f3214cf27ecb61b8edb126c71e5b7ab8fc1423","bytes":554},"files":[],"titleOnly":false}",
      }
    `)
  })

  it('is this of one whose text was edited', () => {
    const texts = [
      '标准厂房，层高九米，可以分割出租。',
      '独立产权，双回路供电，随时看房。',
      '距地铁十一号线八百米，有班车。',
    ]
    const version = (v: number, retrievedAt: string, some: string[]) => {
      const body = some.map((text) => ({ type: 'paragraph', text: [{ text }] }))
      const record = { ...whole, source: { name: '样例', retrievedAt }, body }
      return { v, id: 'a1', kind: 'article' as const, json: JSON.stringify(record) }
    }
    const before = version(7, '2025-07-29', texts)
    const after = { ...version(12, '2025-07-30', texts.with(1, '更正：已租🏭。')), op: 'put' as const, at: 0 }
    expect(sentBodies([changeLines(after)], new Map([['a1', putLines(before)]]))).toMatchInlineSnapshot(`
      {
        "bodies": [],
        "edits": [
          "{"sha256":"c54b408d64d649ded5e623d7e1ae124dce869dcf0b6db92b4a99e031c5dfa9da","of":"82603395c5628ac74c572c38ac6c566ea3dada18f6286173260bfb06f7f75c08","edit":[{"from":0,"to":46,"text":"30"},{"from":48,"to":593,"text":"更正：已租🏭"},{"from":608,"to":672,"text":""}]}",
        ],
      }
    `)
  })
})
