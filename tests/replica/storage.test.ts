import { afterEach, expect, test } from 'vitest'
import { storageInfo } from '#replica/site-storage.ts'
import { dropDatabase, failWrites, refuseDatabases, silenceDatabases, watchConnections } from './idb-faults.ts'
import { canonical } from './model-feed.ts'
import { noNetwork } from './network.ts'
import { contentOf, setUp, stateOf, until } from './phone.ts'
import { article } from './records.ts'

let repair = () => {}
afterEach(() => repair())

function published(count: number) {
  const phone = setUp()
  for (let n = 1; n <= count; n++) phone.feed.put(article(`a${n}`, `第${n}篇`))
  return phone
}

test('a full phone keeps the copy it has and says so', async () => {
  const { feed, open } = published(2)
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  repair = failWrites('QuotaExceededError')
  expect(await replica.sync()).toBe('storageFailed')
  expect(await stateOf(replica)).toMatchObject({ ready: true, version: 2, count: 2, problem: 'storage' })
  repair()
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ version: 3, count: 3 })
})

test('a phone with no room for a first copy shows the content for this session', async () => {
  const { feed, open } = published(2)
  const replica = open()
  repair = failWrites('QuotaExceededError')
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(await stateOf(replica)).toMatchObject({ ready: true, count: 2, problem: 'storage' })
})

test.each([
  ['refused', refuseDatabases],
  ['silent', silenceDatabases],
])('where databases are %s, content shows and changes for this session', async (_, fault) => {
  repair = fault()
  const { feed, open } = published(2)
  const replica = open({ patienceMs: 100 })
  const seen = until(replica.record('article', 'a3'), (held) => held?.record !== undefined)
  expect(await replica.sync()).toBe('updated')
  feed.put(article('a3', '新的'))
  expect(await replica.sync()).toBe('updated')
  expect((await seen)?.item.title).toBe('新的')
  expect(await stateOf(replica)).toMatchObject({ ready: true, count: 3, problem: 'storage', syncing: false })
})

test('a database that was refused at first is found again when there is no network to fetch from', async () => {
  const { network, open } = published(2)
  await open().sync()
  network.fault = noNetwork
  repair = refuseDatabases()
  const replica = open()
  expect((await stateOf(replica)).ready).toBe(false)
  repair()
  expect(await replica.sync()).toBe('unreachable')
  await until(replica.state(), (state) => state.ready)
  expect(await stateOf(replica)).toMatchObject({ count: 2 })
})

test('a connection that the browser killed is opened again, and whoever watched goes on watching', async () => {
  const connections = watchConnections()
  repair = () => connections.stop()
  const { feed, open } = published(1)
  const replica = open()
  await replica.sync()
  const seen = until(replica.record('article', 'a2'), (held) => held?.record !== undefined)
  await stateOf(replica)
  connections.kill()
  feed.put(article('a2', '之后'))
  expect(await replica.sync()).toBe('updated')
  expect((await seen)?.item.title).toBe('之后')
})

test('a copy that the browser dropped is fetched again by itself', async () => {
  const { databaseName, open } = published(3)
  const replica = open()
  const stop = replica.start()
  await until(replica.list('article'), ({ items, hasCopy }) => items.length === 3 && hasCopy)
  await until(replica.state(), (state) => !state.syncing)
  const emptied = until(replica.list('article'), ({ items }) => items.length === 0)
  await dropDatabase(databaseName)
  // What has gone is not a copy that holds nothing.
  expect(await emptied).toEqual({ items: [], isComplete: true, hasCopy: false })
  await until(replica.list('article'), ({ items, hasCopy }) => items.length === 3 && hasCopy)
  // And it says so; what the person clears is no loss.
  expect((await until(replica.state(), ({ syncing }) => !syncing)).wasDropped).toBe(true)
  stop()
})

test('clearing works on a copy that is being filled, and leaves a whole one behind', async () => {
  const { feed, network, open } = published(5)
  feed.takeList()
  const replica = open()
  network.fault = async (path, good) => {
    if (path.includes('/lists/')) {
      network.fault = undefined
      await replica.clear()
    }
    return good()
  }
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
})

test('the phone tells how much is used, and no limit that the browser made up', async () => {
  const info = await storageInfo()
  expect((await navigator.storage.estimate()).quota).toBeGreaterThan(0)
  expect(info).not.toHaveProperty('quota')
  expect(info.used).toBeGreaterThanOrEqual(0)
  expect(info.persisted).toBeTypeOf('boolean')
})
