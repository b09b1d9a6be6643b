import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importPage, MAX_TEXT } from '#ingest/page.ts'
import { MAX_BYTES } from '#ingest/decode.ts'
import { asHtml, asText, BODY, inventedPage, utf8 } from './invented-page.ts'

const page = inventedPage({ body: BODY })
const text = asText(page)
const html = asHtml(page)
const read = (source: string | Uint8Array) =>
  importPage(typeof source === 'string' ? utf8(source) : source, { retrievedAt: '2025-11-23' })
const before = (mark: string, source = text): string => source.slice(0, source.indexOf(mark))

describe('a page that is something else or not whole', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['nothing', '', 'empty', /空文件/],
    ['blanks only', ' \r\n\u3000\uFEFF\u200B', 'empty', /空文件/],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'binary', /PDF/],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'binary', /PNG/],
    ['text with NUL in it', `${text}\0`, 'binary', /二进制/],
    ['bytes in no encoding', new Uint8Array([0x41, 0xff, 0xff, 0xff, 0x41]), 'encoding', /UTF-8 或 GBK/],
    [
      'a 404 page',
      '<html><head><title>404 Not Found</title></head><body><h1>页面不存在</h1></body></html>',
      'not-template',
      /错误页.*404/,
    ],
    [
      'a login page',
      '<html><head><title>用户登录</title></head><body><form>密码<input></form></body></html>',
      'not-template',
      /登录页/,
    ],
    [
      'news in another language',
      'Mayor opens new park\n\nThe mayor said on Monday that the park is open.\n',
      'not-template',
      /Mayor opens/,
    ],
    ['data that carries the page', JSON.stringify({ code: 0, data: { html } }), 'not-template', /JSON/],
    ['text cut behind a quoted word', `${before('就厂房')}提到“示范”`, 'truncated', /最后一句/],
    ['text cut behind a colon', `${before('就厂房')}提出建议：`, 'truncated', /最后一句/],
    ['text cut behind the first words of a section', `${before('虚构镇介绍了')}地方政府`, 'truncated', /最后一句/],
    ['text cut inside a region', before('苏州-昆山市\n江苏昆山市招商引资'), 'truncated', /列表最后一项/],
    ['text cut before the end of a region', before('市\n江苏昆山市招商引资'), 'truncated', /列表最后一项/],
    ['a page without a region', text.replace(/所属地区.*\n/, ''), 'not-template', /没有“所属地区”/],
    ['a page without a date', text.replace(/发布日期.*\n/, ''), 'not-template', /没有“发布日期”/],
    ['a page from no place in China', text.replace('江苏-苏州-昆山市', '火星-奥林匹斯区'), 'region', /火星/],
    ['lists without an article text', asText({ ...page, body: [] }), 'not-template', /没有正文/],
    ['HTML without its end', html.slice(0, html.length / 2), 'truncated', /<\/html>/],
    ['HTML cut inside a tag', html.slice(0, html.indexOf('class="content"') + 4), 'truncated', /标签/],
    [
      'a piece of HTML with open containers',
      before('</div></div>', html).replace(/^[\s\S]*?<body>/, ''),
      'truncated',
      /没有结束/,
    ],
    [
      'a piece of HTML cut inside a comment',
      `${html.replace(/^[\s\S]*?<body>/, '').replace('</body></html>', '')}<!-- 未完`,
      'truncated',
      /<!--/,
    ],
    ['text cut behind its header', before(BODY[0] ?? ''), 'truncated', /没有正文/],
    ['text cut inside a sentence', before('就厂房'), 'truncated', /最后一句/],
    ['text cut behind a heading', `${before('虚构镇介绍了')}`, 'truncated', /最后一句/],
    ['text cut behind a title of a list', before('2025-03-02'), 'truncated', /列表最后一项/],
    ['text cut inside a date', `${before('2025-03-02')}2025-03-0`, 'truncated', /列表最后一项/],
    ['text cut before the second digit of a day', `${before('2025-03-02')}2025-03-2`, 'truncated', /列表最后一项/],
    [
      'text cut inside a character',
      utf8(text).subarray(0, utf8(before('临清市')).length + 1),
      'truncated',
      /一个字的中间/,
    ],
    [
      'more text than is read',
      asText({ ...page, body: Array.from({ length: 3000 }, (_, i) => `第${i}段${'文字'.repeat(40)}。`) }),
      'too-large',
      new RegExp(String(MAX_TEXT)),
    ],
    ['a larger file than is read', new Uint8Array(MAX_BYTES + 1), 'too-large', /8 MB/],
    ['a bomb of nested elements', `<html><body>${'<div>'.repeat(20_000)}${html}</body></html>`, 'markup', /嵌套/],
    [
      'a bomb of formatting left open',
      `<html><body><p>${Array.from({ length: 90 }, (_, i) => `<b id=${i}>`).join('')}${'<p>x'.repeat(20_000)}</body></html>`,
      'markup',
      /未闭合/,
    ],
  ])('refuses %s, saying what was expected and what was found', (_, source, code, found) => {
    const result = read(source)
    expect(result.refused).toMatchObject({ code, message: expect.stringMatching(/^应为.+，实为.+/) as string })
    expect(result.refused?.message).toMatch(found)
    expect(result).toMatchObject({ article: null, projects: [], policies: [], parks: [], review: [], remarks: [] })
  })

  it('takes the text of a page in whole or not at all, wherever it was cut inside a line', () => {
    const whole = read(text)
    const lines = text.split('\n')
    const body = lines.slice(5, 5 + BODY.length)
    for (const line of body) {
      const start = text.indexOf(line)
      for (let end = start + 1; end < start + line.length - 1; end += 1) {
        const cut = read(text.slice(0, end))
        expect(cut.refused?.code ?? text.slice(0, end), text.slice(start, end)).toBe('truncated')
      }
    }
    expect(whole.refused).toBeNull()
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const result = read(bytes)
        expect(result.refused).not.toBeNull()
      }),
    )
    fc.assert(
      fc.property(fc.nat({ max: utf8(text).length }), fc.uint8Array({ minLength: 1, maxLength: 8 }), (at, noise) => {
        const bytes = utf8(text)
        bytes.set(noise.subarray(0, bytes.length - at), at)
        const result = read(bytes)
        expect(result.refused === null || result.article === null).toBe(true)
      }),
    )
  })
})
