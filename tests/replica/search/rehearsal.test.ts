import { expect, test, vi } from 'vitest'
import { SearchDesk } from '#replica/search/desk.ts'
import type { SearchDocument } from '#replica/search/document.ts'
import type { DocumentSource } from '#replica/search/follow.ts'
import { questionsOf } from '#replica/search/rehearsal.ts'
import { SearchIndex } from '#replica/search/search-index.ts'

const TEXT = '嘉定新能源汽车产业园区招商政策'.repeat(40)
const QUESTION = '新能源汽车'

const documents = Array.from({ length: 40 }, (_, n): SearchDocument => ({
  id: `d${n}`,
  digest: 'one',
  title: `题 ${n}`,
  tags: '',
  text: TEXT,
  kind: 'article',
  region: { code: '310114', name: '上海市嘉定区' },
  publishedAt: '2025-07-28',
}))

const readOf = (ids: readonly string[]) => Promise.resolve(documents.filter(({ id }) => ids.includes(id)))

let made = 0

/** A desk whose looks at the texts of hits are counted: one for each question that is asked of it. */
function setUp() {
  const read = vi.fn(readOf)
  const source: DocumentSource = {
    state: () => Promise.resolve('here'),
    async *documents() {
      yield await Promise.resolve({ ids: documents.map(({ id }) => id), changed: documents })
    },
    read,
  }
  const index = new SearchIndex(`rehearsal-${Date.now().toString(36)}-${++made}`)
  return { read, desk: new SearchDesk(source, index, () => undefined) }
}

const ALL = questionsOf(TEXT).length

test('questions are asked once there is an index, and once only', async () => {
  const { read, desk } = setUp()
  await desk.rehearse()
  expect(read).not.toHaveBeenCalled()
  await desk.keepUp(() => undefined)
  await Promise.all([desk.rehearse(), desk.rehearse()])
  // The document that they are made of is read as well.
  expect(read).toHaveBeenCalledTimes(1 + ALL)
  await desk.rehearse()
  expect(read).toHaveBeenCalledTimes(1 + ALL)
})

test('who asks ends a rehearsal, and is answered as ever', async () => {
  const { read, desk } = setUp()
  await desk.keepUp(() => undefined)
  const answer = new Promise((resolve, reject) => {
    read.mockImplementation((ids) => {
      if (read.mock.calls.length === 3) desk.search({ text: QUESTION }, 20).then(resolve, reject)
      return readOf(ids)
    })
  })
  await desk.rehearse()
  expect(await answer).toMatchObject({ total: documents.length, hits: { length: 20 } })
  expect(read.mock.calls.length).toBeLessThan(ALL)
  const before = read.mock.calls.length
  await desk.rehearse()
  expect(read).toHaveBeenCalledTimes(before)
})

test('a rehearsal that failed is tried again', async () => {
  const { read, desk } = setUp()
  await desk.keepUp(() => undefined)
  read.mockRejectedValueOnce(new DOMException('The connection was lost', 'InvalidStateError'))
  await expect(desk.rehearse()).rejects.toThrow('lost')
  await desk.rehearse()
  expect(read).toHaveBeenCalledTimes(2 + ALL)
})
