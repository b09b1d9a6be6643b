import { expect, test } from 'vitest'
import { searchDocument } from '#replica/search/search-document.ts'

const span = (text: string) => [{ text }]
/** An invented record, with every place where text stands. */
const record = {
  id: 'p1',
  kind: 'policy',
  title: '示例办法',
  summary: '摘要',
  tags: ['标签甲', '标签乙'],
  region: { code: '310114102', name: '南翔镇' },
  publishedAt: '2025-07-28',
  updatedAt: '2025-07-28T00:00:00Z',
  source: { name: '来源', retrievedAt: '2025-07-28' },
  images: [],
  attachments: [],
  sample: true,
  documentNumber: '示例规〔2025〕1号',
  steps: [{ name: '申报', office: { address: '示例路1号' } }],
  type: 'factory',
  price: { amount: 2, unit: '元/㎡·月' },
  point: { longitude: 121.2, latitude: 31.4, datum: 'GCJ-02' },
  body: [
    { type: 'paragraph', text: [{ text: '新能' }, { text: '源', marks: ['strong'] }] },
    { type: 'list', ordered: false, items: [span('一项')] },
    { type: 'table', caption: '表题', header: [span('甲'), span('乙')], rows: [[span('丙'), span('丁')]] },
    { type: 'image', image: { src: '/a.webp', alt: '图' } },
    { type: 'of a newer app', text: span('新段') },
  ],
}

test('all text of a record is searched, the body first and the place last, and neither codes, keys, units nor names of files', () => {
  expect(searchDocument(record, 'stamp')).toEqual({
    id: 'p1',
    digest: 'stamp',
    kind: 'policy',
    title: '示例办法',
    tags: '标签甲\n标签乙',
    text: '新能源\n一项\n表题\n甲 乙\n丙 丁\n图\n新段\n摘要\n示例规〔2025〕1号\n申报\n示例路1号\n南翔镇',
    region: { code: '310114102', name: '南翔镇' },
    publishedAt: '2025-07-28',
  })
})

test('what this app cannot read is not searched', () => {
  expect(searchDocument({ ...record, kind: 'of a newer app' }, 'stamp')).toBeUndefined()
  expect(searchDocument({ ...record, body: [{ text: 'no spans' }] }, 'stamp')).toBeUndefined()
})
