import { expect, test } from 'vitest'
import type { SearchDocument } from '#replica/search/document.ts'
import { placeOfAll, searchable } from '#replica/search/matcher.ts'
import { wordsOf } from '#replica/search/query.ts'
import { SearchIndex } from '#replica/search/search-index.ts'
import { markedHit } from '#replica/search/snippet.ts'

let made = 0
const doc = (title: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id: `d${++made}`,
  digest: '1',
  title,
  tags: '',
  text: '',
  kind: 'article',
  region: { code: '310114', name: '上海市嘉定区' },
  publishedAt: '2025-07-28',
  ...more,
})

/** Both ways: by looking at the text, and by an index of it. */
async function isFound(text: string, document: SearchDocument, how: 'pending' | 'segment'): Promise<boolean> {
  const name = `query-${Date.now().toString(36)}-${++made}`
  const index = new SearchIndex(name)
  const others = how === 'segment' ? Array.from({ length: 40 }, () => doc('')) : []
  await index.update({ put: [document, ...others], remove: [] })
  const { hits } = await index.search({ text }, 100)
  index.close()
  indexedDB.deleteDatabase(name)
  const found = hits.some(({ id }) => id === document.id)
  expect(placeOfAll(wordsOf(text), searchable(document)) !== undefined).toBe(found)
  return found
}

test.each([
  ['jiading', '上海嘉定招商', true],
  ['jd', '上海嘉定招商', true],
  ['jiadi', '上海嘉定招商', true],
  ['shjd', '上海嘉定招商', true],
  ['j', '上海嘉定招商', true],
  ['ading', '上海嘉定招商', false],
  ['jz', '上海嘉定招商', false],
  ['xian', '西安一日', true],
  ['xian', '先进制造', true],
  ['yinhang', '银行贷款贴息', true],
  ['yh', '银行贷款贴息', true],
  ['changzhang', '厂长座谈', true],
  ['chongqing', '重庆来的企业', true],
  ['xinpian', '芯片设计', true],
  ['zhaoshang', '招商引資', true],
  ['lvse', '绿色工厂', true],
  ['智能网联汽车', '国家智能网联汽车试点', true],
  ['汽车', '新能源汽车产业', true],
  ['招商引資', '招商引资', true],
  ['招商引资', '招商引資', true],
  ['产业说明', '産業説明', true],
  ['産業', '新能源产业', true],
  ['ＡＩ', 'AI 赋能', true],
  ['ai', 'ＡＩ赋能', true],
  ['ai', 'mail 登录', false],
  ['mai', 'mail 登录', true],
  ['2021', '沪府规〔2021〕12号', true],
  ['〔2021〕12', '沪府规〔2021〕12号', true],
  ['021', '沪府规〔2021〕12号', false],
  ['7号厂房', '嘉北 7 号厂房', true],
  ['嘉北7号', '嘉北 7 号厂房', true],
  ['7 号', '嘉北7号厂房', true],
  ['示例规(2026)31号', '示例规〔2026〕31 号', true],
  ['【2026】 31号', '示例规[2026]31 号', true],
  ['定2026', '嘉定  2026', false],
  ['c2', 'C 2 号', false],
  ['㎡', '500㎡ 起', true],
  ['500㎡', '500 ㎡ 起', false],
  ['𠮷', '𠮷野家', true],
  ['车', '汽车', true],
  ['车 汽', '汽车', true],
  ['车 船', '汽车', false],
])('%s in %s: %s', async (text, title, found) => {
  expect(await isFound(text, doc(title), 'pending')).toBe(found)
  expect(await isFound(text, doc(title), 'segment')).toBe(found)
})

test('punctuation alone is no word; it parts words as in a list, or stands where it stands', async () => {
  const put = doc('沪府规〔2024〕1号', { text: '一，二。10,000 元' })
  for (const how of ['pending', 'segment'] as const) {
    for (const text of [
      '沪府规〔2024〕1号',
      '〔2024',
      '10,000',
      '一，二',
      '一 ，',
      '，。 二',
      '元、二；一',
      '元, 二;',
      '元,二',
    ])
      expect(await isFound(text, put, how), text).toBe(true)
    for (const text of ['一，三', '1,0', '〔2024〕2']) expect(await isFound(text, put, how), text).toBe(false)
  }
  expect(wordsOf('，。 —— 〔〕 % …')).toEqual([])
  expect(wordsOf('')).toEqual([])
})

test('readings count in titles only', async () => {
  expect(await isFound('jiading', doc('无题', { text: '上海嘉定' }), 'segment')).toBe(false)
})

test('filters by kind, place and date hold for the count too', async () => {
  const name = `filter-${Date.now().toString(36)}`
  const index = new SearchIndex(name)
  const town = { code: '310114102', name: '南翔镇' }
  const put = [
    doc('汽车 一', { kind: 'policy' }),
    doc('汽车 二', { region: town, publishedAt: '2025-07-01' }),
    doc('汽车 三', { region: town, publishedAt: '2025-07-02' }),
    ...Array.from({ length: 40 }, () => doc('其他')),
  ]
  await index.update({ put, remove: [] })
  await index.update({ put: [doc('汽车 四', { region: town, publishedAt: '2025-07-03' })], remove: [] })
  const count = async (filter: object) => (await index.search({ text: '汽车', ...filter }, 1)).total
  expect(await count({})).toBe(4)
  expect(await count({ kind: 'policy' })).toBe(1)
  expect(await count({ kind: 'park' })).toBe(0)
  expect(await count({ region: '310114' })).toBe(4)
  expect(await count({ region: town.code })).toBe(3)
  expect(await count({ from: '2025-07-02' })).toBe(3)
  expect(await count({ region: town.code, from: '2025-07-03' })).toBe(1)
  const { regions, hits } = await index.search({ text: '汽车', region: town.code }, 2)
  expect(regions).toEqual([
    { code: '310114', name: '上海市嘉定区', count: 1 },
    { ...town, count: 3 },
  ])
  expect(hits.map(({ publishedAt }) => publishedAt)).toEqual(['2025-07-03', '2025-07-02'])
  index.close()
  indexedDB.deleteDatabase(name)
})

test('what was found is marked in title and text, as it was written', () => {
  const hit = markedHit(
    {
      title: '嘉定：ＡＩ產業',
      tags: '',
      text: '概要\n上海市嘉定区人民政府关于支持人工智能产业发展的若干意见，AI 企业适用',
    },
    wordsOf('jiading ai 产业 意见'),
  )
  const cut = ({ text, marks }: { text: string; marks: [number, number][] }) => marks.map(([a, b]) => text.slice(a, b))
  expect(cut(hit.title)).toEqual(['嘉定', 'ＡＩ產業'])
  expect(hit.snippet && cut(hit.snippet)).toEqual(['产业', '意见', 'AI'])
})

test('a snippet is of the passage that holds most of what the title lacks, and ends with its line', () => {
  const far = '新'.repeat(80)
  const of = (query: string) =>
    markedHit(
      {
        title: '嘉定',
        tags: '汽车',
        text: `人才${far}\n为人才提供一次性安家补贴，由所在企业申请${far}\n上海市嘉定区`,
      },
      wordsOf(query),
    )
  expect(of('jd').snippet).toBeUndefined()
  expect(of('嘉定 人才 补贴').snippet?.text).toMatch(/^为人才提供一次性安家补贴/)
  expect(of('人才').snippet?.text).toMatch(/^人才新+…$/)
  expect(of('汽车').snippet).toEqual({ text: '汽车', marks: [[0, 2]] })
  expect(of('上海').snippet?.text).toBe('上海市嘉定区')
  const line = '为人才提供一次性安家补贴，由所在企业向主管部门申请'
  expect(markedHit({ title: '', tags: '', text: `${line}\n已租\n元` }, wordsOf('人才')).snippet?.text).toBe(line)
})

test.each([2, 3, 99])('a database of another release (%i) is dropped and made anew', async (version) => {
  const name = `release-${version}-${Date.now().toString(36)}`
  await new Promise((resolve) => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('unheard-of')
      const state = { turn: 3, segments: [1], filling: [], nextSegment: 2, source: 'its own' }
      request.result.createObjectStore('meta').put(state, 'state')
    }
    request.onsuccess = () => {
      request.result.close()
      resolve(undefined)
    }
  })
  const index = new SearchIndex(name)
  expect(await index.source()).toBeUndefined()
  await index.update({ put: [doc('汽车')], remove: [] })
  expect((await index.search({ text: '汽' }, 1)).total).toBe(1)
  index.close()
  indexedDB.deleteDatabase(name)
})
