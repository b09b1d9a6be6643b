import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchDocument } from '#replica/search/document.ts'
import type { Query } from '#replica/search/query.ts'
import { SearchIndex } from '#replica/search/search-index.ts'
import { expected } from './oracle.ts'

/* Words that stand in nearly every document, and often: their lists take several chunks, and their documents are kept as bits. */

const COUNT = 2500
const REGIONS = [
  { code: '310114', name: '上海市嘉定区' },
  { code: '310114102', name: '南翔镇' },
]

/** Invented sample texts. */
const doc = (n: number): SearchDocument => ({
  id: `d${n}`,
  digest: '1',
  title: n % 3 === 0 ? `示例第${n}篇` : `${(n % 3 === 1 ? '招商引资，' : '招商迎新，').repeat(3)}第${n}篇`,
  tags: n % 5 === 0 ? '新能源' : '汽车',
  text: `${'新能源汽车'.repeat(n === 50 ? 300 : n % 7 === 0 ? 1 : 30)}${n % 11 === 0 ? '芯片' : '整车'}，产业${n % 4}号地块`,
  kind: n % 2 === 0 ? 'article' : 'policy',
  region: REGIONS[n % 10 === 0 ? 1 : 0]!,
  publishedAt: `2025-07-${String(1 + (n % 28)).padStart(2, '0')}`,
})

const name = `long-${Date.now().toString(36)}`
const index = new SearchIndex(name)
const model = new Map<string, SearchDocument>()

async function update(put: SearchDocument[], remove: string[] = []) {
  await index.update({ put, remove })
  for (const id of remove) model.delete(id)
  for (const each of put) model.set(each.id, each)
}

beforeAll(async () => {
  await update(Array.from({ length: COUNT }, (_, n) => doc(n)))
  while (await index.tidy());
}, 60_000)

afterAll(() => {
  index.close()
  indexedDB.deleteDatabase(name)
})

const QUERIES = [
  ...[
    '新',
    '新能',
    '新能源',
    '能源汽车',
    '汽车新能源汽车',
    '车新',
    '车新能',
    '车芯片',
    '汽车整',
    '车整车',
    '源汽车芯片',
  ],
  ...['招商', '引资第1', '第250', '产业3号', '新能源 芯片', '汽车 招商 产业1', '汽车源'],
]

async function holdTrue() {
  for (const text of QUERIES) {
    const { hits, total } = await index.search({ text }, COUNT)
    const ids = expected(model.values(), text)
    expect(total, text).toBe(ids.length)
    expect(hits.map(({ id }) => id).join(), text).toBe(ids.join())
    const first = await index.search({ text }, 20)
    expect([first.total, ...first.hits.map(({ id }) => id)], text).toEqual([ids.length, ...ids.slice(0, 20)])
  }
}

test('words that are nearly everywhere are found, counted and ordered as by looking at the texts', holdTrue, 60_000)

test.each([
  [{}],
  [{ kind: 'policy' }],
  [{ from: '2025-07-20' }],
  [{ kind: 'article', from: '2025-07-05', region: '310114102' }],
  [{ region: '310114102' }],
] satisfies [Partial<Query>][])('with filters %o they are counted, by place too', async (filter: Partial<Query>) => {
  for (const text of ['汽车', '芯片', '车整']) {
    const passing = expected(model.values(), text)
      .map((id) => model.get(id)!)
      .filter(({ kind, publishedAt }) => kind === (filter.kind ?? kind) && publishedAt >= (filter.from ?? ''))
    const inside = passing.filter(({ region }) => region.code.startsWith(filter.region ?? ''))
    const { total, regions } = await index.search({ text, ...filter }, 1)
    const counted = REGIONS.map((region) => ({
      ...region,
      count: passing.filter((each) => each.region === region).length,
    }))
    expect([text, total, regions]).toEqual([text, inside.length, counted.filter(({ count }) => count > 0)])
  }
})

test('a reading that is nearly everywhere is found, the last syllable begun', async () => {
  const read = (title: RegExp) => Array.from(model.values()).filter((each) => title.test(each.title)).length
  const readings = {
    z: /招/,
    zhaos: /招商/,
    zsyz: /引资/,
    zhaoshangyinz: /引资/,
    zhaoshangyin: /招商/,
    zhaoshangyi: /招商/,
  }
  for (const [text, title] of Object.entries(readings)) {
    expect((await index.search({ text }, 1)).total, text).toBe(read(title))
  }
})

test('what changes, goes and comes is found so too, before and after it is put in order', async () => {
  const changed = Array.from({ length: 700 }, (_, n) => ({ ...doc(n * 3), text: '新能源', digest: '2' }))
  await update(changed, ['d1', 'd2', 'd4'])
  await update([{ ...doc(5), text: '汽车芯片', digest: '2' }])
  await holdTrue()
  while (await index.tidy());
  await holdTrue()
}, 60_000)
