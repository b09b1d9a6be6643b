import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { ImageSchema } from '#domain/body.ts'
import { HeadSchema } from '#domain/feed.ts'
import { Message, PersonName } from '#domain/inquiry/fields.ts'
import { SourceSchema } from '#domain/record/common.ts'
import { line, SafeLink } from '#domain/text.ts'

const UNSEEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u
const unseen = fc.constantFrom(
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u009b',
  '\u202e',
  '\u2066',
  '\r',
  '\n',
  '\t',
  '\u2028',
)
const anyText = fc
  .array(fc.oneof(unseen, fc.string({ unit: 'grapheme' })), { maxLength: 8 })
  .map((parts) => parts.join(''))

describe('what nobody can see', () => {
  test('is taken out of a line, a name and a message', () => {
    expect(v.parse(line(20), '\u001b[2J红\r\n\u202e头\t文件\u0000')).toBe('[2J红 头 文件')
    expect(v.parse(PersonName, '王\u001b\u2066芳')).toBe('王芳')
    expect(v.parse(Message, '第一行\r\n\t第二行\u001b\u009b\u202e\r完')).toBe('第一行\n\t第二行\n完')
  })

  test('is no name and no text by itself', () => {
    expect(v.safeParse(PersonName, '\u001b\u202e').issues?.[0].message).toBe('name.required')
    expect(v.safeParse(line(20), '\u0000\n').issues?.[0].message).toBe('text.required')
  })

  test('hides no ID-card number', () => {
    expect(v.safeParse(Message, '110105\u202e19491231\u0000002X').issues?.[0].message).toBe('text.idCard')
  })

  test('is in nothing that was accepted, and the rest is as it was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const oneLine = v.safeParse(line(1000), text)
        if (oneLine.success) expect(oneLine.output).not.toMatch(UNSEEN)
        const message = v.parse(Message, text)
        expect(message.replace(/[\n\t]/g, '')).not.toMatch(UNSEEN)
        if (!UNSEEN.test(text) && !text.includes('\u2028')) expect(message).toBe(text.trim())
      }),
    )
  })
})

describe('a link', () => {
  const SITE = 'https://luodi.example'
  const piece = fc.oneof(
    fc.constantFrom('/', '\\', '\t', '\n', '\r', ' ', '.', '..', '@', ':', '?', '#', '%', 'evil.example'),
    fc.string(),
  )
  const link = fc
    .tuple(
      fc.constantFrom('/', '', '//', '/\\', 'https://', 'javascript:', 'JAVASCRIPT:', 'data:', 'mailto:', '#'),
      fc.array(piece, { maxLength: 6 }),
    )
    .map(([start, rest]) => start + rest.join(''))
  const accepted = (schema: v.GenericSchema<string>, text: string) => v.is(schema, text)

  test.each([
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/ /x',
    '//evil.example',
    '/media\\x',
    'java\tscript:alert(1)',
    'https://a\u0000b',
  ])('%j is refused', (text) => {
    expect(
      [SafeLink, ImageSchema.entries.src, HeadSchema.entries.snapshot.entries.url].map((schema) =>
        accepted(schema, text),
      ),
    ).toEqual([false, false, false])
  })

  test('that begins at the root of this site stays on it, and no link runs script', () => {
    fc.assert(
      fc.property(link, (text) => {
        for (const schema of [SafeLink, ImageSchema.entries.src]) {
          if (!accepted(schema, text) || !URL.canParse(text, SITE)) continue
          const url = new URL(text, SITE)
          expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(url.protocol)
          if (text.startsWith('/')) expect(url.origin).toBe(SITE)
        }
      }),
      { numRuns: 5000 },
    )
  })

  test.each(['/', '/parks/park-a?x=1#y', '/media/a-0a1b.svg', 'https://例子.cn/文件 1.pdf', 'HTTP://example.cn'])(
    '%s is taken',
    (text) => {
      expect(accepted(SafeLink, text)).toBe(true)
      expect(accepted(ImageSchema.entries.src, text)).toBe(true)
    },
  )

  test.each([
    'ftp://example.cn/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'example.cn',
    'https://',
    'https://a b',
  ])('to a source is no %s', (url) => {
    expect(v.is(SourceSchema, { name: '样例', url, retrievedAt: '2025-07-29' })).toBe(false)
  })
})
