import { expect, test } from 'vitest'
import { canonical } from './model-feed.ts'
import { captivePortal, cutShort, json, noNetwork, withoutQuery } from './network.ts'
import { contentOf, rowsOn, listOf, setUp, stateOf, until } from './phone.ts'
import { article, park } from './records.ts'

const isTail = (path: string) => path.includes('/tail/')
const isHead = (path: string) => path.includes('head.json')
const isList = (path: string) => path.includes('/lists/')

function published(count: number) {
  const phone = setUp()
  for (let n = 1; n <= count; n++) phone.feed.put(article(`a${n}`, `第${n}篇`))
  return phone
}

test('the first sync takes the list and the changes after it, and says when', async () => {
  const { feed, network, open } = published(3)
  feed.takeList()
  feed.put(park('p1', '汽车园'))
  feed.put(article('a4', '第四篇'))
  const replica = open()
  expect(await stateOf(replica)).toEqual({ ready: false, version: 0, count: 0, syncing: false })
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(await stateOf(replica)).toEqual({
    ready: true,
    epoch: 'e1',
    version: 5,
    count: 5,
    syncedAt: 1_753_700_000_000,
    syncing: false,
  })
  expect(network.requests.map(withoutQuery)).toEqual([
    '/sync/v2/head.json',
    '/sync/v2/e1/lists/3.ndjson',
    '/sync/v2/e1/steps/1.ndjson',
    '/sync/v2/e1/tail/5.ndjson',
  ])
})

test('a copy that is current asks for the head only', async () => {
  const { network, open } = published(2)
  const replica = open()
  await replica.sync()
  network.requests.length = 0
  expect(await replica.sync()).toBe('current')
  expect(network.requests).toEqual(['/sync/v2/head.json'])
})

test('an empty feed makes an empty but ready copy', async () => {
  const replica = setUp().open()
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ ready: true, version: 0, count: 0 })
})

test('a change reaches whoever watches, in any tab', async () => {
  const { feed, open } = published(2)
  const [here, there] = [open(), open()]
  await here.sync()
  const seen = until(there.record('article', 'a2'), (held) => held?.record?.title === '改过')
  const gone = until(there.record('article', 'a1'), (held) => held === undefined)
  feed.put(article('a2', '改过'))
  feed.withdraw('a1')
  await here.sync()
  expect((await seen)?.item.title).toBe('改过')
  expect(await gone).toBeUndefined()
})

test('lists are sorted by date, newest first, then by id', async () => {
  const { feed, open } = setUp()
  feed.put(article('b', '旧', '2024-01-01'))
  feed.put(article('z', '新', '2025-01-01'))
  feed.put(article('c', '新', '2025-01-01'))
  const replica = open()
  await replica.sync()
  expect((await listOf(replica, 'article')).map(({ id }) => id)).toEqual(['c', 'z', 'b'])
})

test('without a network the copy stays and says so, until a sync succeeds', async () => {
  const { feed, network, open } = published(2)
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  network.fault = noNetwork
  expect(await replica.sync()).toBe('unreachable')
  expect(await stateOf(replica)).toMatchObject({ count: 2, problem: 'unreachable', syncing: false })
  network.fault = undefined
  expect(await replica.sync()).toBe('updated')
  expect((await stateOf(replica)).problem).toBeUndefined()
})

test.each([502, 503, 429])('a server that answers %i counts as unreachable', async (status) => {
  const { network, open } = published(1)
  network.fault = () => new Response('later', { status })
  expect(await open().sync()).toBe('unreachable')
})

test('a captive portal changes nothing', async () => {
  const { feed, network, open } = published(2)
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  network.fault = captivePortal
  expect(await replica.sync()).toBe('notUnderstood')
  expect(await stateOf(replica)).toMatchObject({ version: 2, count: 2, problem: 'notUnderstood' })
})

test('a portal that comes up between head and changes leaves the cursor alone and is asked a bounded number of times', async () => {
  const { feed, network, open } = published(2)
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  network.requests.length = 0
  network.fault = (path, good) => (isTail(path) ? captivePortal(path, good) : undefined)
  expect(await replica.sync()).toBe('notUnderstood')
  expect((await stateOf(replica)).version).toBe(2)
  const tails = network.requests.filter(isTail)
  expect(tails).toHaveLength(3)
  expect(new Set(tails).size).toBe(3)
})

test('an answer cut in the middle moves nothing', async () => {
  const { network, open } = published(6)
  const replica = open()
  network.fault = (path, good) => (path.includes('/steps/2.') ? cutShort(good()) : undefined)
  expect(await replica.sync()).toBe('unreachable')
  expect((await stateOf(replica)).version).toBe(4)
  network.fault = undefined
  expect(await replica.sync()).toBe('updated')
  expect((await stateOf(replica)).version).toBe(6)
})

test('a connection that falls silent is given up', async () => {
  const { network, open } = published(1)
  network.fault = () => new Response(new ReadableStream(), { status: 200 })
  expect(await open({ patienceMs: 50 }).sync()).toBe('unreachable')
})

test('a stale tail from a cache is passed by with another URL', async () => {
  const { feed, network, open } = published(2)
  const old = feed.file('/sync/v1/e1/tail/2.json')
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  network.fault = (path) => (isTail(path) && !path.includes('?') ? json(old) : undefined)
  expect(await replica.sync()).toBe('updated')
  expect((await stateOf(replica)).version).toBe(3)
})

test.each([
  ['another epoch', { epoch: 'e0' }],
  ['a gap in front', { from: 4 }],
  ['a change that is another', { v: 7 }],
])('a tail with %s is never applied', async (_, wrong) => {
  const { feed, network, open } = published(2)
  const replica = open()
  await replica.sync()
  feed.put(article('a3', '新的'))
  network.fault = (path) => {
    if (!isTail(path)) return undefined
    const lines = (feed.file(withoutQuery(path)) ?? '').trimEnd().split('\n')
    const changed = lines.map((line) => {
      const value = JSON.parse(line) as object
      return JSON.stringify(Object.keys(wrong).every((key) => key in value) ? { ...value, ...wrong } : value)
    })
    return json(changed.map((line) => `${line}\n`).join(''))
  }
  expect(await replica.sync()).toBe('notUnderstood')
  expect(await stateOf(replica)).toMatchObject({ version: 2, count: 2 })
})

test('a stale head does not take the copy back', async () => {
  const { feed, network, open } = published(2)
  feed.takeList()
  const oldHead = feed.headJson()
  feed.put(article('a3', '新的'))
  const replica = open()
  await replica.sync()
  network.fault = (path) => (isHead(path) && !path.includes('?') ? json(oldHead) : undefined)
  expect(await replica.sync()).toBe('current')
  expect((await stateOf(replica)).version).toBe(3)
})

test.each([
  ['one byte changed', (text: string) => text.replace('第', '弟')],
  ['bytes missing', (text: string) => text.slice(0, -1)],
])('a list with %s is refused', async (_, damage) => {
  const { feed, network, open } = published(2)
  feed.takeList()
  network.fault = (path) => (isList(path) ? json(damage(feed.file(withoutQuery(path)) ?? '')) : undefined)
  const replica = open()
  expect(await replica.sync()).toBe('notUnderstood')
  expect(await stateOf(replica)).toMatchObject({ ready: false, count: 0 })
})

test('a new epoch replaces everything', async () => {
  const { feed, open } = published(5)
  const replica = open()
  await replica.sync()
  feed.withdraw('a1')
  feed.newEpoch('e2')
  feed.put(park('p1', '新园'))
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect((await stateOf(replica)).epoch).toBe('e2')
})

test('a cursor above the head takes the list, and what is republished under old versions is seen', async () => {
  const { feed, open } = published(5)
  const replica = open()
  await replica.sync()
  await contentOf(replica)
  feed.rewind(3)
  expect(await replica.sync()).toBe('updated')
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  feed.put(article('a4', '另一篇'))
  await replica.sync()
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
})

test('a cursor under minVersion takes the list', async () => {
  const { feed, network, open } = published(2)
  const replica = open()
  await replica.sync()
  for (let n = 0; n < 9; n++) feed.put(article('a1', `改 ${n}`))
  feed.compact()
  network.requests.length = 0
  expect(await replica.sync()).toBe('updated')
  expect(network.requests.map(withoutQuery)).toEqual(['/sync/v2/head.json', '/sync/v2/e1/lists/11.ndjson'])
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
})

test("a head that points to another site is nobody's feed", async () => {
  const { feed, network, open } = published(1)
  const head = JSON.parse(feed.headJson()) as { list: object }
  network.fault = (path) =>
    isHead(path)
      ? json(JSON.stringify({ ...head, list: { ...head.list, url: '//elsewhere.example/s.json' } }))
      : undefined
  expect(await open().sync()).toBe('notUnderstood')
  expect(network.requests).toHaveLength(1)
})

test('a feed for newer apps asks for an update, whatever its shape, and what is there stays', async () => {
  const { network, open } = published(2)
  const replica = open()
  await replica.sync()
  network.fault = () => json('{"minClient":3,"shape":"unknown"}')
  expect(await replica.sync()).toBe('updateNeeded')
  expect(await stateOf(replica)).toMatchObject({ ready: true, count: 2, problem: 'updateNeeded' })
})

test('a record that this app cannot read is kept and left out', async () => {
  const { feed, open, databaseName } = published(1)
  feed.put({ id: 'n1', kind: 'newsreel', reel: 1 })
  feed.put({ ...park('p1', '园'), level: '宇宙级' })
  feed.put(article('a2', '之后'))
  const replica = open()
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ version: 4, count: 2 })
  expect((await rowsOn(databaseName)).map(({ id }) => id).sort()).toEqual(['a1', 'a2', 'n1', 'p1'])
  expect((await listOf(replica, 'article')).map(({ id }) => id)).toEqual(['a1', 'a2'])
  expect(await listOf(replica, 'park')).toEqual([])
  expect(await until(replica.record('park', 'p1'))).toBeUndefined()
})

test('syncs asked for at once are one', async () => {
  const { network, open } = published(1)
  const replica = open()
  expect(await Promise.all([replica.sync(), replica.sync()])).toEqual(['updated', 'updated'])
  expect(network.requests.filter(isHead)).toHaveLength(1)
})

test('a network that comes back while a sync is on its way is asked again after it', async () => {
  const { feed, network, open } = published(1)
  const replica = open()
  await replica.sync()
  let answer = () => {}
  const held = new Promise<void>((done) => (answer = done))
  const asked = new Promise<void>((done) => {
    network.fault = (_, good) => {
      // What is published from now on is not in this answer.
      const before = good()
      done()
      return held.then(() => before)
    }
  })
  const stop = replica.start()
  await asked
  network.fault = undefined
  feed.withdraw('a1')
  dispatchEvent(new Event('online'))
  const gone = until(replica.record('article', 'a1'), (record) => record === undefined)
  answer()
  expect(await gone).toBeUndefined()
  stop()
})

test('a dropped copy is empty and comes back with the next sync', async () => {
  const { open } = published(2)
  const replica = open()
  await replica.sync()
  await replica.clear()
  expect(await stateOf(replica)).toEqual({ ready: false, version: 0, count: 0, syncing: false })
  expect(await listOf(replica, 'article')).toEqual([])
  expect(await replica.sync()).toBe('updated')
  expect((await stateOf(replica)).count).toBe(2)
})
