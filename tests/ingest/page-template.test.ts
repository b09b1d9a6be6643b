import { Converter } from 'opencc-js'
import { describe, expect, it } from 'vitest'
import { plain } from '#domain/body-text.ts'
import { importPage } from '#ingest/page.ts'
import type { PageImport } from '#ingest/result.ts'
import { asHtml, asText, BODY, BODY_TWICE, CLOSING, inventedPage, LEAD, utf8 } from './invented-page.ts'

const read = (source: string | Uint8Array): PageImport =>
  importPage(typeof source === 'string' ? utf8(source) : source, { retrievedAt: '2025-11-23' })
const page = inventedPage()
const expected = read(asText(page))

/** What a reader of the records sees, whatever the page was written in. */
const gist = ({ article, projects, policies, parks, review, refused }: PageImport): unknown => ({
  refused,
  article: article && {
    ...article,
    body: article.body?.map((block) => [block.type, 'text' in block ? plain(block.text) : '']),
  },
  lists: [projects, policies, parks].map((list) =>
    list.map(({ title, publishedAt, region }) => [title, publishedAt, region]),
  ),
  review: review.map(({ record, reasons }) => [record.title, reasons.map(({ code }) => code)]),
})
const withoutSource = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'source' ? undefined : inner)))

describe('a page of the template', () => {
  it('becomes article, news, policies and parks', () => {
    expect(expected.refused).toBeNull()
    expect(expected.article).toMatchObject({
      column: '昆山市招商',
      title: page.title,
      tags: page.tags,
      region: { code: '320583', name: '江苏省苏州市昆山市' },
      publishedAt: '2025-03-04',
    })
    expect(expected.projects.map(({ title, publishedAt }) => [title, publishedAt])).toEqual(page.projects)
    expect(expected.policies.map(({ docType }) => docType)).toEqual(['表彰', '规范性文件'])
    expect(expected.parks.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
      ['虚构镇示范产业园', '2025-03-04'],
    ])
    expect(expected.review.map(({ record, reasons }) => [record.title, reasons[0]?.code])).toEqual([
      ['临清市虚构工业园', 'outside-region'],
    ])
  })

  it('gives the same records when it is read again', () => {
    expect(read(asText(page))).toEqual(expected)
  })

  it.each<[string, string]>([
    ['saved HTML', asHtml(page)],
    [
      'HTML without its outer tags',
      asHtml(page)
        .replace(/^[\s\S]*?<body>/, '')
        .replace('</body></html>', ''),
    ],
    [
      'lists laid out in tables',
      asHtml(page)
        .replaceAll('ul>', 'table>')
        .replaceAll('<li>', '<tr><td>')
        .replaceAll('</a><span>', '</a></td><td>')
        .replaceAll('</span></li>', '</td></tr>'),
    ],
    ['HTML of nothing but div', asHtml(page).replace(/<(\/?)(h1|h2|p|ul|li|span)\b/g, '<$1div')],
    ['Windows line ends, blank lines and a byte order mark', `\uFEFF${asText(page).replaceAll('\n', '\r\n\r\n')}`],
    ['blanks that are no blanks', asText(page).replaceAll('\n', '\u00A0\u200B\n\u3000')],
    ['title and date on one line', asText(page).replace(/\n(\d{4}-\d\d-\d\d)/g, ' $1')],
    ['date before title', asText({ ...page, projects: page.projects.map(([title, date]) => [date, title]) })],
    ['date in brackets before title', asText(page).replace(/\n([^\n]+)\n(\d{4}-\d\d-\d\d)/g, '\n[$2] $1')],
    [
      'bullets',
      asText({
        ...page,
        projects: page.projects.map(([title, date]) => [`· ${title}`, date]),
        parks: page.parks.map(([title, region]) => [`• ${title}`, region]),
      }),
    ],
    [
      'full-width digits and colons',
      asText(page).replace(/[\d:-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
    ],
    ['lists named after nothing', asText({ ...page, listRegion: '' })],
    ['lists before the article', asText(page).replace(/^([\s\S]*?)(江苏昆山市招商项目[\s\S]*)$/, '$2\n$1')],
    [
      'every entry twice',
      asText({ ...page, projects: [...page.projects, ...page.projects], parks: [...page.parks, ...page.parks] }),
    ],
    ['the body three times', asText({ ...page, body: [...BODY, ...BODY, ...BODY] })],
    ['the whole page twice', `${asText(page)}\n${asText(page)}`],
    ['the whole HTML twice', asHtml(page).replace(/<body>([\s\S]*)<\/body>/, '<body>$1$1</body>')],
    [
      'a label on a line of its own',
      asText(page).replace('发布日期:', '发布日期:\n').replace('所属地区:', '所属地区:\n'),
    ],
    ['labels on one line', asText(page).replace('\n发布日期', ' 发布日期')],
  ])('reads the same from %s', (name, source) => {
    const otherTitles = name === 'full-width digits and colons'
    const result = otherTitles ? read(source.normalize('NFKC')) : read(source)
    expect(read(source).refused).toBeNull()
    expect(withoutSource(gist(result))).toEqual(withoutSource(gist(expected)))
  })

  it.each(['hk', 'tw'] as const)('is understood in traditional script (%s), which title and body keep', (variant) => {
    const traditional = Converter({ from: 'cn', to: variant })
    for (const source of [asText(page), asHtml(page)]) {
      const result = read(traditional(source))
      expect(result.article).toMatchObject({
        title: traditional(page.title),
        region: { name: '江苏省苏州市昆山市' },
        id: expected.article?.id,
      })
      expect([result.projects.length, result.policies.length, result.parks.length, result.review.length]).toEqual([
        2, 2, 1, 1,
      ])
      expect(result.policies.map(({ docType }) => docType)).toEqual(['表彰', '规范性文件'])
    }
  })

  it('takes lists that are missing or empty for what they are', () => {
    const missing = read(asText(page).replace(/江苏昆山市招商项目[\s\S]*?(?=江苏昆山市优惠政策)/, ''))
    expect([missing.refused, missing.projects.length, missing.policies.length]).toEqual([null, 0, 2])
    const empty = read(asText({ ...page, policies: [] }))
    expect([empty.refused, empty.projects.length, empty.policies.length, empty.parks.length]).toEqual([null, 2, 0, 1])
    const alone = read(asText(page).replace(/江苏昆山市招商项目[\s\S]*$/, ''))
    expect([alone.refused, alone.projects.length]).toEqual([null, 0])
  })

  it('reads labels in brackets', () => {
    const printed = asText(page).replace('所属地区:', '【所属地区】').replace('发布日期:', '【发布日期】：')
    expect(withoutSource(read(printed))).toEqual(withoutSource(expected))
  })

  it('finds the title without a column', () => {
    for (const source of [asText(page), asHtml(page)]) {
      const { article } = read(source.replace(/【.*?】/g, ''))
      expect(article).toMatchObject({ title: page.title, tags: page.tags })
      expect(article).not.toHaveProperty('column')
    }
  })

  it('reads parks whose region stands first, and one that is called like the list', () => {
    const turned = asText(page).replace(/-\n([^\n]+)\n(江苏-苏州-昆山市)/g, '$2\n$1')
    expect(withoutSource(gist(read(turned)))).toEqual(withoutSource(gist(expected)))
    const parks: [string, string][] = [...page.parks, ['昆山产业园区', '江苏-苏州-昆山市']]
    expect(read(asText({ ...page, parks })).parks.map(({ title }) => title)).toEqual([
      '虚构镇示范产业园',
      '昆山产业园区',
    ])
  })

  it('keeps the number of a document, wherever it is printed', () => {
    const policies: [string, string][] = [
      ['昆山市人民政府关于虚构甲的通知（昆政发〔2025〕3号）', '2025-01-02'],
      ['昆山市人民政府关于虚构乙的通知', '2025-01-03\n昆政规〔2025〕8号'],
    ]
    const numbers = read(asText({ ...page, policies })).policies.map(({ documentNo }) => documentNo)
    expect(numbers).toEqual(['昆政发〔2025〕3号', '昆政规〔2025〕8号'])
  })

  it('keeps a heading of the article that sounds like a list', () => {
    const body = [LEAD, '优惠政策', '企业可以享受多项优惠，具体以文件为准。', CLOSING]
    const result = read(asText({ ...page, body }))
    expect(result.article?.body).toHaveLength(4)
    expect(result.policies).toHaveLength(2)
  })

  it('takes a hundred thousand characters without losing any', () => {
    const body = Array.from({ length: 1000 }, (_, index) => `第${index}段，${'内容各不相同'.repeat(16)}。`)
    const { article } = read(asText({ ...page, body }))
    expect(article?.body).toHaveLength(1000)
  })

  it('says on the article that its body stood twice', () => {
    expect(BODY_TWICE.length).toBeGreaterThan(BODY.length)
    expect(expected.remarks.find(({ id }) => id === expected.article?.id)?.reasons[0]).toMatchObject({
      code: 'body-repeated',
    })
  })
})
