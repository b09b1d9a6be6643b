import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { SHOWN_CACHE } from '#replica/media-cache.ts'
import type { Replica } from '#replica/replica.ts'
import { rowOf } from '#replica/rows.ts'
import { holdAtMost, slowWrites } from './idb-faults.ts'
import { canonical, listed } from './model-feed.ts'
import { lineOf } from './model-lines.ts'
import { noNetwork, withoutQuery } from './network.ts'
import { contentOf, listsOf, rowsOn, setUp, stateOf, textsOn, until } from './phone.ts'
import { article, park } from './records.ts'

/** The database as the first release made it. */
function firstRelease(name: string): Dexie {
  const db = new Dexie(name, { cache: 'disabled' })
  db.version(1).stores({ recordsA: 'id, kind', recordsB: 'id, kind', meta: 'key' })
  // That release let go and opened again with the next use.
  db.on('versionchange', () => {
    db.close({ disableAutoOpen: false })
    return false
  })
  return db
}

async function fillFirst(db: Dexie, records: Record<string, unknown>[]): Promise<void> {
  await db
    .table('recordsB')
    .bulkPut(records.map((record) => ({ id: record['id'], kind: record['kind'], stamp: 'f:1', record })))
  await db.table('meta').put({ key: 'cursor', epoch: 'e1', version: 7, filling: 'f', shelf: 'recordsB' })
  await db.table('meta').put({ key: 'contact', at: 1_753_600_000_000 })
}

const BODIES = { volumes: 'n, *digests', texts: 'n' }

/** The database as the second and third release made it. */
function laterRelease(name: string, version: number): Dexie {
  const db = new Dexie(name, { cache: 'disabled' })
  db.version(1).stores({ recordsA: 'id, kind', recordsB: 'id, kind', meta: 'key' })
  db.version(version).stores({ listA: 'id, v, place', listB: 'id, v, place', ...BODIES, state: 'key' })
  return db
}

/** Lists and where they stand as those releases had them. */
async function fillLater(db: Dexie, rows: unknown[], { epoch, version }: { epoch: string; version: number }) {
  await db.table('listB').bulkPut(rows)
  await db.table('state').bulkPut([
    { key: 'cursor', epoch, version, filling: 'f', shelf: 'listB' },
    { key: 'contact', at: 1_753_600_000_000 },
  ])
}

/** The database with its rows as the second or third release made them. */
async function asRelease(name: string, version: 2 | 3): Promise<void> {
  const rows = await rowsOn(name)
  const texts = await textsOn(name)
  const now = await new Dexie(name).open()
  const position = await now.table<{ epoch: string; version: number }>('state').get('position')
  const volumes = await now.table<{ n: number; digests: string[] }>('volumes').toArray()
  const bound = await now.table('texts').toArray()
  now.close()
  await Dexie.delete(name)
  const db = laterRelease(name, version)
  await fillLater(db, rows, position!)
  await db.table('volumes').bulkPut(volumes)
  if (version === 3) await db.table('texts').bulkPut(bound)
  else for (const { n, digests } of volumes) await db.table('texts').put({ n, texts: texts.splice(0, digests.length) })
  db.close()
}

const unreadable = { id: 'n1', kind: 'newsreel', reel: 1 }
const records = () => [
  ...Array.from({ length: 230 }, (_, n) => ({ ...article(`a${n}`, `第${n}篇`), body: [] })),
  park('p1', '园'),
]

test('what the first release kept is there after the update, with no network, and is not fetched a second time', async () => {
  const { feed, network, databaseName, open } = setUp()
  const before = firstRelease(databaseName)
  await fillFirst(before, [...records(), unreadable])
  before.close()
  for (const record of [...records(), unreadable]) feed.put(record)
  feed.takeList()
  network.fault = noNetwork
  const replica = open()
  expect(await stateOf(replica)).toMatchObject({ ready: true, version: 232, count: 231, syncedAt: 1_753_600_000_000 })
  expect(await contentOf(replica)).toBe(canonical(records()))
  network.fault = undefined
  network.requests.length = 0
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(records()))
  const paths = new Set(network.requests.map((url) => withoutQuery(url).split('/')[4]))
  expect(network.requests.filter((url) => url !== withoutQuery(url))).toEqual([])
  expect([...paths].filter((path) => path === 'bodies' || path === 'bundles' || path === 'steps')).toEqual([])
})

test('a tab of the first release that stays open neither holds up this one nor disturbs it', async () => {
  const { feed, databaseName, open } = setUp()
  const old = firstRelease(databaseName)
  await fillFirst(old, records())
  for (const record of records()) feed.put(record)
  const replica = open()
  expect(await replica.sync()).toBe('updated')
  // It opens the database again, finds its tables empty, and fills them.
  expect(await old.table('recordsB').count()).toBe(0)
  await fillFirst(old, records())
  feed.put(article('a1', '改过'))
  expect(await replica.sync()).toBe('updated')
  expect((await stateOf(replica)).problem).toBeUndefined()
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(await old.table('recordsB').count()).toBe(231)
  old.close()
})

test.each([2, 3] as const)(
  'what release %i kept is there after the update, with no network, and makes way as it did',
  async (version) => {
    const { feed, network, databaseName, open } = setUp()
    const whole = Array.from({ length: 30 }, (_, n) => ({
      ...article(`a${n}`, `第${n}篇`),
      body: [{ type: 'paragraph', text: [{ text: `正文 ${n}` }] }],
    }))
    for (const record of [...whole, park('p1', '园'), unreadable]) feed.put(record)
    const before = open()
    await before.sync()
    feed.withdraw('p1')
    await before.sync()
    await before.fill()
    await asRelease(databaseName, version)
    network.fault = noNetwork
    const replica = open()
    expect(await stateOf(replica)).toMatchObject({ ready: true, count: 30, version: 33, syncedAt: 1_753_600_000_000 })
    expect(await contentOf(replica)).toBe(canonical(whole))
    network.fault = undefined
    network.requests.length = 0
    feed.put({ ...article('a2', '改过'), body: [] })
    await replica.sync()
    expect(network.requests.filter((url) => url.includes('/lists/'))).toEqual([])
    expect((await until(replica.record('article', 'a2')))?.item.title).toBe('改过')
    replica.keep(new Set(['a1']))
    replica.wish({ depth: 'texts', pause: 'auto' })
    replica.wish({ depth: 'titles', pause: 'auto' })
    await replica.fill()
    expect(await textsOn(databaseName)).toHaveLength(1)
    expect((await until(replica.record('article', 'a1')))?.record?.title).toBe('第1篇')
  },
)

test.each([
  ['its lists, but not for its texts beside them', ['texts'], { count: 231, ready: true }],
  ['neither', ['texts', 'listA'], { count: 0, ready: false }],
])('a phone with room for %s goes on with what it can hold of the old copy', async (_, tables, state) => {
  const { feed, network, databaseName, open } = setUp()
  const before = firstRelease(databaseName)
  await fillFirst(before, records())
  before.close()
  for (const record of records()) feed.put(record)
  feed.takeList()
  network.fault = noNetwork
  const repairs = tables.map((table) => holdAtMost(table, 100))
  expect(await stateOf(open())).toMatchObject(state)
  repairs.reverse().forEach((repair) => repair())
  network.fault = undefined
  const replica = open()
  expect(await stateOf(replica)).toMatchObject(state)
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(records()))
  expect((await stateOf(replica)).problem).toBeUndefined()
})

test.each([
  [1, 'texts'],
  [3, 'blocks'],
])('on a full phone what was only shown makes way for what release %i kept', async (version, table) => {
  const { feed, network, databaseName, open } = setUp()
  if (version === 1) {
    const before = firstRelease(databaseName)
    await fillFirst(before, records())
    before.close()
  } else {
    for (const record of records()) feed.put(record)
    await open().sync()
    await asRelease(databaseName, 3)
  }
  await (await caches.open(SHOWN_CACHE)).put('/media/shown.webp', new Response('webp'))
  network.fault = noNetwork
  let isFull = true
  const drop = Object.getOwnPropertyDescriptor(CacheStorage.prototype, 'delete') as { value: CacheStorage['delete'] }
  CacheStorage.prototype.delete = function (name) {
    isFull &&= name !== SHOWN_CACHE
    return drop.value.call(this, name)
  }
  const repair = holdAtMost(table, 0, [], () => isFull)
  expect(await stateOf(open())).toMatchObject({ count: 231, ready: true })
  repair()
  Object.defineProperty(CacheStorage.prototype, 'delete', drop)
  if (version === 1) expect(await textsOn(databaseName)).toHaveLength(231)
})

test.each([
  ['a later start', (replica: Replica) => Promise.resolve(void replica.start()())],
  ['clearing', (replica: Replica) => replica.clear()],
  ['making room', (replica: Replica) => replica.makeRoom()],
])('what a tab of the first release filled again goes with %s', async (_, act) => {
  const { feed, databaseName, open } = setUp()
  feed.put(article('a1', '第一篇'))
  await open().sync()
  const old = firstRelease(databaseName)
  await fillFirst(old, records())
  await act(open())
  await expect.poll(() => old.table('recordsB').count()).toBe(0)
  expect(await old.table('meta').count()).toBe(0)
  old.close()
})

test('a copy that takes longer to take over than a silent database is waited for is there all the same', async () => {
  const { network, databaseName, open } = setUp()
  const db = laterRelease(databaseName, 3)
  const rows = Array.from({ length: 4000 }, (_, n) => {
    const id = `r${n}`
    return rowOf(lineOf({ op: 'put', v: n + 1, id, kind: 'article', record: article(id, `第${n}篇`) }, []))
  })
  await fillLater(db, rows, { epoch: 'e1', version: 4000 })
  db.close()
  network.fault = noNetwork
  // Of its eighty blocks each takes 15 ms: in all, twice as long as patience lasts.
  const repair = slowWrites('blocks', 15)
  expect(await stateOf(open({ patienceMs: 600 }))).toMatchObject({ ready: true, count: 4000 })
  repair()
})

test('where a tab of an earlier release has cleared everything nothing of the lists is shown', async () => {
  const { feed, network, databaseName, open } = setUp()
  for (const record of records()) feed.put(record)
  await open().sync()
  const old = await new Dexie(databaseName, { cache: 'disabled' }).open()
  for (const table of ['state', 'listA', 'listB', 'volumes', 'texts']) await old.table(table).clear()
  old.close()
  network.fault = noNetwork
  const replica = open()
  expect(await stateOf(replica)).toMatchObject({ ready: false, count: 0 })
  network.fault = undefined
  await replica.sync()
  expect(await contentOf(replica)).toBe(canonical(records()))
})

test('a tab of the third release that opens the tables of this one makes lists of its own, which go', async () => {
  const { feed, databaseName, open } = setUp()
  for (const record of records()) feed.put(record)
  const replica = open()
  await replica.sync()
  const old = new Dexie(databaseName, { cache: 'disabled' })
  expect(await old.open().then(() => old.table('state').get('cursor'))).toBeUndefined()
  await fillLater(old, [{ id: 'a1', kind: 'article', v: 1, place: 'article:' }], { epoch: 'e0', version: 1 })
  feed.put(article('a1', '改过'))
  await replica.sync()
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(await stateOf(replica)).toMatchObject({ syncedAt: 1_753_700_000_000, version: 232 })
  replica.start()()
  await expect.poll(() => old.table('listB').count()).toBe(0)
  expect(await old.table('state').get('cursor')).toBeUndefined()
  old.close()
})

test('when a tab of a newer release takes over, this one lets go at once, says so, and goes on in memory', async () => {
  const { feed, databaseName, open } = setUp()
  feed.put(article('a1', '第一篇'))
  const replica = open()
  const stop = replica.start()
  await until(replica.state(), ({ ready, syncing }) => ready && !syncing)
  const superseded = until(replica.state(), ({ problem }) => problem === 'superseded')
  const newer = new Dexie(databaseName)
  newer.version(5).stores({ blocks: null, changes: null, volumes: null, texts: null, state: null, shelf: 'id' })
  await newer.open()
  await superseded
  await newer.table('shelf').put({ id: 'mine' })
  feed.put(article('a2', '第二篇'))
  await replica.sync()
  expect(await stateOf(replica)).toMatchObject({ ready: true, count: 2, problem: 'superseded' })
  expect(await listsOf(replica)).toBe(listed(feed.state().values()))
  expect(await newer.table('shelf').count()).toBe(1)
  expect(newer.isOpen()).toBe(true)
  newer.close()
  stop()
})

test('a tab that a silent old one holds up shows content all the same', async () => {
  const { feed, databaseName, open } = setUp()
  feed.put(article('a1', '第一篇'))
  const held = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(databaseName, 10)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('did not open'))
  })
  const replica = open({ patienceMs: 100 })
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ ready: true, count: 1, problem: 'storage' })
  held.close()
})
