import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyText } from '#domain/body-text.ts'
import type { Block } from '#domain/body.ts'
import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'
import { gb18030 } from './gb18030.ts'
import { asHtml, asText, inventedPage, LEAD, utf8 } from './invented-page.ts'

const ADDRESS = 'https://www.example.cn/news/1.html'
const page = inventedPage()
const read = (source: string | Uint8Array, url: string | undefined = ADDRESS): PageImport =>
  importPage(typeof source === 'string' ? utf8(source) : source, {
    retrievedAt: '2025-11-23',
    ...(url !== undefined && { url }),
  })
const bodyOf = (markup: string): Block[] => read(asHtml(page, `<p>${LEAD}</p>${markup}`)).article?.body?.slice(1) ?? []

describe('encodings of a page', () => {
  const expected = read(asHtml(page))
  const declaring = (charset: string): string => asHtml(page).replace('<head>', `<head><meta charset="${charset}">`)

  it.each<[string, Uint8Array]>([
    ['GBK, declared', gb18030(declaring('gbk'))],
    [
      'GBK, declared by http-equiv',
      gb18030(
        asHtml(page).replace('<head>', '<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
      ),
    ],
    ['GBK, undeclared', gb18030(asHtml(page))],
    ['GBK that says it is UTF-8', gb18030(declaring('utf-8'))],
    ['UTF-16 without a mark', new Uint8Array(Buffer.from(asHtml(page), 'utf16le'))],
    ['UTF-16, big end first, without a mark', new Uint8Array(Buffer.from(asHtml(page), 'utf16le').swap16())],
    ['UTF-8 that says it is GBK', utf8(declaring('gbk'))],
    ['UTF-8 with a byte order mark', utf8(`\uFEFF${asHtml(page)}`)],
    ['UTF-16', new Uint8Array(Buffer.from(`\uFEFF${asHtml(page)}`, 'utf16le'))],
  ])('%s', (_, bytes) => expect(read(bytes)).toEqual(expected))

  it('text in GBK', () => expect(read(gb18030(asText(page))).article?.title).toBe(page.title))
})

describe('the body of saved HTML', () => {
  it('keeps emphasis and safe links, resolved against the page', () => {
    expect(bodyOf('<p>甲<strong>乙</strong><em>丙</em><a href="/a/b.html">丁</a>&mdash;&lt;戊&gt;。</p>')).toEqual([
      {
        type: 'paragraph',
        text: [
          { text: '甲' },
          { text: '乙', marks: ['strong'] },
          { text: '丙', marks: ['emphasis'] },
          { text: '丁', href: 'https://www.example.cn/a/b.html' },
          { text: '—<戊>。' },
        ],
      },
    ])
  })

  it('knows headings by tag and by number, lists and quotes', () => {
    const blocks = bodyOf(
      '<h3>小标题</h3><p>一、大标题</p><ol><li>甲</li><li>乙</li></ol><p>（一）中标题</p><blockquote>引文。</blockquote>',
    )
    expect(blocks.map((block) => (block.type === 'heading' ? block.level : block.type))).toEqual([
      3,
      2,
      'list',
      3,
      'quote',
    ])
    expect(blocks[2]).toMatchObject({ ordered: true, items: [[{ text: '甲' }], [{ text: '乙' }]] })
  })

  it('keeps a numbered paragraph a paragraph', () => {
    const [block] = bodyOf(`<p>一、${'这是一个很长的编号段落'.repeat(6)}</p>`)
    expect(block?.type).toBe('paragraph')
    expect(bodyOf('<p>一、甲事。乙事</p>')[0]?.type).toBe('paragraph')
  })

  it('fills the cells that a table spans', () => {
    const [table] = bodyOf(
      '<table><caption>虚构表</caption><tr><th rowspan="2">名称</th><th colspan="2">面积</th></tr><tr><th>建筑</th><th>用地</th></tr><tr><td>甲</td><td>1</td><td>2</td></tr></table>',
    )
    expect(table?.type === 'table' && table.caption).toBe('虚构表')
    expect(bodyText(table ? [table] : [])).toBe('虚构表\n名称 面积 建筑 面积 用地\n甲 1 2')
  })

  it('resolves pictures, takes their captions, and says which it left out', () => {
    const result = read(
      asHtml(
        page,
        `<p>${LEAD}</p><figure><img src="/i/a.jpg" alt="厂房" width="600"><figcaption>图 1</figcaption></figure><img src="data:image/png;base64,AA" alt="内嵌"><img src="/dot.gif" width="1" height="1"><p>完。</p>`,
      ),
    )
    const image = { src: 'https://www.example.cn/i/a.jpg', alt: '厂房', caption: '图 1', width: 600 }
    expect(result.article?.images).toEqual([image])
    expect(result.article?.body?.[1]).toEqual({ type: 'image', image })
    expect(result.remarks[0]?.reasons).toEqual([
      { code: 'image-inline', message: expect.stringContaining('“内嵌”') as string },
    ])
  })

  it('lists attachments with the size that is printed', () => {
    const { article } = read(
      asHtml(
        page,
        `<p>${LEAD}</p><p>附件：1.<a href="../f/a.docx">申报表.docx</a>（35KB）</p><p>2.<a href="https://x.cn/d?f=b.pdf">指南</a> (1.5MB)</p>`,
      ),
    )
    expect(article?.attachments).toEqual([
      expect.objectContaining({ title: '申报表.docx', url: 'https://www.example.cn/f/a.docx', bytes: 35 * 1024 }),
      expect.objectContaining({ title: '指南', mediaType: 'application/pdf', bytes: 1.5 * 1024 * 1024 }),
    ])
    expect(article?.body).toHaveLength(1)
  })

  it('finds its own address, so that an unnamed page has working links', () => {
    const saved = asHtml(page, `<p>${LEAD}<a href="b.html">甲</a></p>`)
    const by = (head: string): unknown => read(saved.replace('<head>', `<head>${head}`), '').article
    expect(by(`<link rel="canonical" href="${ADDRESS}">`)).toMatchObject({
      source: { name: 'www.example.cn', url: ADDRESS },
    })
    expect(JSON.stringify(by('<base href="https://other.example.cn/x/">'))).toContain(
      'https://other.example.cn/x/b.html',
    )
    expect(JSON.stringify(by(''))).not.toContain('b.html')
  })

  it('reads a table, a list, a picture and an attachment from text as well', () => {
    const body = [
      LEAD,
      '名称\t面积',
      '甲\t100',
      '1. 第一条',
      '2. 第二条',
      'https://x.cn/p.jpg',
      '附件：申报表 https://x.cn/a.docx',
      '完。',
    ]
    const { article } = read(asText({ ...page, body }))
    expect(article?.body?.map(({ type }) => type)).toEqual(['paragraph', 'table', 'list', 'image', 'paragraph'])
    expect(article?.attachments).toMatchObject([{ title: '申报表', url: 'https://x.cn/a.docx' }])
  })
})

describe('hostile markup', () => {
  const HOSTILE = [
    '<script>毒()</script>',
    '<style>毒{}</style>',
    '<iframe src="//毒"></iframe>',
    '<img src=x onerror="毒">',
    '<svg onload="毒"><text>毒</text></svg>',
    '<p style="display: none">毒</p>',
    '<p hidden>毒</p>',
    '<p style="display/**/:none">毒</p>',
    '<form action="//毒"><input value="毒"></form>',
    '<template>毒</template>',
    '<noscript>毒</noscript>',
    '<object data="毒">毒</object>',
    '<!-- 毒 -->',
    '<math><mi>毒</mi></math>',
    '<textarea>毒</textarea>',
  ]
  const LINKS = [
    'javascript:alert(1)',
    'JaVa\tScript:alert(1)',
    '&#106;avascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'https://u:p@x.cn/',
  ]

  it('never gets through', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(...LINKS).map((link) => `<a href="${link}">链接</a>`),
      fc.constantFrom('<p>', '</p>', '<b>', '</div>', '<table>', '</td>', '<li>', '文字。', '<a href="/ok">好</a>'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const result = read(asHtml(page, `<p>${LEAD}</p>${pieces.join('')}<p>完。</p>`))
        const records = JSON.stringify({ ...result, refused: null })
        expect(records).not.toMatch(/毒|script:|data:|file:|u:p@|onerror/)
        for (const [, href = ''] of records.matchAll(/"href":"([^"]*)"/g)) expect(href).toMatch(/^https?:\/\//)
      }),
    )
  })

  it('of a form is left out with its text', () => {
    expect(bodyOf('<form action="//x.cn"><p>请输入密码</p><input name="p"></form><p>完。</p>')).toHaveLength(1)
  })

  it('of a form around the whole page hides nothing', () => {
    const { article } = read(asHtml(page).replace('<body>', '<body><form>').replace('</body>', '</form></body>'))
    expect(article?.title).toBe(page.title)
  })

  it('takes an entry’s own address and its whole title, where the list shortens it', () => {
    const html = asHtml(page).replace(
      '<a href="/item/0">虚构镇示范项目顺利推进</a>',
      '<a href="/item/0" title="虚构镇示范项目顺利推进">虚构镇示范项目…</a>',
    )
    expect(read(html).projects[0]).toMatchObject({
      title: '虚构镇示范项目顺利推进',
      source: { url: 'https://www.example.cn/item/0' },
    })
  })
})
