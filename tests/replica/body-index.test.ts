import { expect, test } from 'vitest'
import { BodyIndex } from '#replica/body-index.ts'
import { feedClient } from '#replica/feed-client.ts'
import { memoryStore } from '#replica/memory-store.ts'
import { synchronise } from '#replica/synchronise.ts'
import type { ContentStore } from '#replica/store.ts'
import { setUp } from './phone.ts'
import { article } from './records.ts'

const atOnce = () => Promise.resolve()

/** A phone without a database, whose reads of rows are counted. */
function phone() {
  const { feed, network } = setUp()
  const store = memoryStore()
  let reads = 0
  const counted = <S extends { rows: unknown[] }>(slice: S) => {
    reads += slice.rows.length
    return slice
  }
  const counting: ContentStore = {
    ...store,
    page: async (kind, after, limit) => counted(await store.page(kind, after, limit)),
    changedAfter: async (version, limit) => counted(await store.changedAfter(version, limit)),
  }
  const index = new BodyIndex(counting)
  const client = feedClient(network.fetch, Date.now, 1000)
  const sync = () => synchronise({ feed: client, store: counting, now: Date.now, wantsText: () => true, index })
  return { feed, network, store, index, sync, reads: () => reads }
}

/** What an index says that reads all of it. */
async function readIndex(store: ContentStore) {
  const index = new BodyIndex(store)
  await index.refresh(atOnce)
  return index
}

test('what a list has said is not read back, and what has changed since is', async () => {
  const { feed, store, index, sync, reads } = phone()
  for (let n = 0; n < 30; n++) feed.put(article(`a${n}`, `第${n}篇`))
  feed.takeList()
  feed.put(article('a3', '之后'))
  feed.withdraw('a4')
  await sync()
  await index.refresh(atOnce)
  expect(reads()).toBe(2)
  const read = await readIndex(store)
  expect(index.rows).toEqual(read.rows)
  expect(index.cursor).toEqual(read.cursor)
  expect(index.isWhole).toBe(true)
})

test('another list takes the place of the one before, and says that records may have gone', async () => {
  const { feed, store, index, sync } = phone()
  for (let n = 0; n < 5; n++) feed.put(article(`a${n}`, `第${n}篇`))
  feed.takeList()
  await sync()
  await index.refresh(atOnce)
  index.isSuperseded = false
  feed.newEpoch('e2', 3)
  await sync()
  await index.refresh(atOnce)
  expect(index.rows).toEqual((await readIndex(store)).rows)
  expect(index.rows.size).toBe(3)
  expect(index.isSuperseded).toBe(true)
})

test('a list that did not become the copy says nothing', async () => {
  const { feed, network, store, index, sync } = phone()
  for (let n = 0; n < 5; n++) feed.put(article(`a${n}`, `第${n}篇`))
  feed.takeList()
  network.fault = (path, good) => (path.includes('/lists/') ? new Response('<title>请登录</title>') : good())
  await expect(sync()).rejects.toThrow()
  await index.refresh(atOnce)
  expect(index.isWhole).toBe(false)
  expect(index.rows.size).toBe(0)
  expect(await store.cursor()).toBeUndefined()
})
