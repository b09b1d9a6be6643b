import { beforeEach, expect, test } from 'vitest'
import { forgetFull } from '#replica/full-note.ts'
import { emptySet, setBit } from '#replica/search/bitset.ts'
import { buildSegment } from '#replica/search/build.ts'
import { type Chunk, eachList } from '#replica/search/chunks.ts'
import { dropSearchDatabase } from '#replica/search/connection.ts'
import { contentSource } from '#replica/search/content-source.ts'
import { SearchDesk } from '#replica/search/desk.ts'
import type { SearchDocument } from '#replica/search/document.ts'
import type { DocumentSource } from '#replica/search/follow.ts'
import { mergeSegments } from '#replica/search/merge.ts'
import { scan } from '#replica/search/scan.ts'
import { SearchIndex } from '#replica/search/search-index.ts'
import { setUp } from '../phone.ts'
import { article } from '../records.ts'

// What other phones could bear is no limit of this one.
beforeEach(forgetFull)

let made = 0
const named = () => `lost-${++made}`

function document(n: number, text: string): SearchDocument {
  return {
    id: `d${n}`,
    digest: text.slice(0, 9),
    title: `第${n}篇`,
    tags: '',
    text,
    kind: 'article',
    region: { code: '310114', name: '上海市嘉定区' },
    publishedAt: '2025-07-01',
  }
}

const CAR = '新能源汽车产业'
const cars = (count: number, times = 1) => Array.from({ length: count }, (_, n) => document(n, CAR.repeat(times)))

/** Documents fifty at a time; something may happen before some of them. */
function sourceOf(docs: readonly SearchDocument[], before: (from: number) => Promise<void> = () => Promise.resolve()) {
  const source: DocumentSource = {
    state: () => Promise.resolve('s1'),
    async *documents(isKnown) {
      for (let from = 0; from < docs.length; from += 50) {
        await before(from)
        const some = docs.slice(from, from + 50)
        yield { ids: some.map(({ id }) => id), changed: some.filter(({ id, digest }) => !isKnown(id, digest)) }
      }
    },
    read: (ids) => Promise.resolve(docs.filter(({ id }) => ids.includes(id))),
  }
  return source
}

const drop = (database: string) =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(database)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error ?? new Error('not deleted'))
  })

function loseChunks(database: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database)
    request.onerror = () => reject(request.error ?? new Error('not opened'))
    request.onsuccess = () => {
      const transaction = request.result.transaction('chunks', 'readwrite')
      transaction.objectStore('chunks').clear()
      transaction.oncomplete = () => {
        request.result.close()
        resolve()
      }
    }
  })
}

test('an index that is dropped while it is built is not called complete with what came after', async () => {
  const name = named()
  let isDropped = false
  const source = sourceOf(cars(250, 1500), async (from) => {
    if (from !== 150 || isDropped) return
    isDropped = true
    await dropSearchDatabase(name)
  })
  const index = new SearchIndex(name)
  const desk = new SearchDesk(source, index, () => undefined)
  await desk.keepUp(() => undefined)
  expect(isDropped).toBe(true)
  expect((await index.search({ text: '能源汽' }, 5)).total).toBe(250)
})

test('what a search has read of a database that went meanwhile is not taken for the next one', async () => {
  for (let turn = 0; turn < 20; turn++) {
    const name = named()
    const index = new SearchIndex(name)
    await index.update({ put: cars(100, 40), remove: [] })
    await index.search({ text: '产业新' }, 5)
    const asked = index.search({ text: '能源汽' }, 5).catch(() => undefined)
    if (turn % 2 === 1) await new Promise((done) => setTimeout(done, turn / 5))
    await drop(name)
    await asked
    const others = Array.from({ length: 100 }, (_, n) => document(n, n % 2 === 1 ? CAR.repeat(40) : '别的东西'))
    await index.update({ put: others, remove: [] })
    expect((await index.search({ text: '能源汽' }, 5)).total).toBe(50)
    index.close()
  }
})

test('an index that a search finds broken is made anew, though nothing changes', async () => {
  const name = named()
  const source = sourceOf(cars(100))
  await new SearchDesk(source, new SearchIndex(name), () => undefined).keepUp(() => undefined)
  const index = new SearchIndex(name)
  let kept: Promise<void> | undefined
  const desk: SearchDesk = new SearchDesk(source, index, () => {
    kept = desk.keepUp(() => undefined)
  })
  await loseChunks(name)
  expect((await desk.search({ text: '能源汽' }, 5))?.total).toBe(100)
  await kept
  expect(await index.source()).toBe('s1')
  expect((await index.search({ text: '能源汽' }, 5)).total).toBe(100)
})

test('a record that changes while texts are looked through is counted once', async () => {
  const { feed, databaseName, open } = setUp()
  const put = (n: number, title: string) =>
    feed.put({ ...article(`a${n}`, title), body: [{ type: 'paragraph', text: [{ text: '汽车' }] }] })
  for (let n = 0; n < 300; n++) put(n, `第${n}篇`)
  const replica = open()
  await replica.sync()
  await replica.fill()
  const source = contentSource(databaseName)
  let hasChanged = false
  const slow: DocumentSource = {
    ...source,
    async *documents(isKnown) {
      for await (const batch of source.documents(isKnown)) {
        yield batch
        if (hasChanged) continue
        hasChanged = true
        for (let n = 0; n < 5; n++) put(n, `新的第${n}篇`)
        await replica.sync()
      }
    },
  }
  const { total, hits } = await scan(slow, { text: '汽车' }, 1000, () => true)
  expect([total, new Set(hits.map(({ id }) => id)).size]).toEqual([300, 300])
})

test('a merge leaves out the lists of documents that are no more', async () => {
  const rare = Array.from({ length: 500 }, (_, n) => document(n + 2, String.fromCharCode(0x4e00 + n)))
  const { head, chunks } = buildSegment([document(1, '汽车'), ...rare], [])
  const segment = { ...head, key: 1, firstKeys: Float64Array.from(chunks.map(({ firstKey }) => firstKey)) }
  const live = emptySet(head.size)
  setBit(live, head.ids.split('\n').indexOf('d1'))
  const merged: Chunk[] = []
  const chunk = (n: number) => Promise.resolve(chunks[n]!.bytes)
  await mergeSegments([{ segment, live, chunk }], [], (some) => Promise.resolve(void merged.push(...some)))
  const counts: number[] = []
  for (const one of merged) eachList(one, 0, Infinity, (_, { count }) => counts.push(count))
  expect(counts.length).toBeGreaterThan(0)
  expect(counts).not.toContain(0)
})
