import { afterEach, expect, test } from 'vitest'
import type { Depth } from '#domain/content-wish.ts'
import type { Progress } from '#replica/bringing.ts'
import { canonical, type ModelFeed } from './model-feed.ts'
import { type Fault, json, noNetwork, withoutQuery } from './network.ts'
import { contentOf, listOf, neverFails, setUp, textsOn, turnOn, until } from './phone.ts'
import { article, day, park } from './records.ts'

const whole = (id: string, publishedAt?: string) => ({
  ...article(id, `题 ${id}`, publishedAt),
  body: [{ type: 'paragraph', text: [{ text: `正文 ${id}` }] }],
})

/** A phone with the lists of `count` articles, the first of them the oldest, and no text. */
async function listed(count: number) {
  const phone = setUp()
  phone.feed.segmentSize = 20
  for (let n = 1; n <= count; n++) phone.feed.put(whole(`a${n}`, day(n)))
  phone.feed.takeList()
  const replica = phone.open()
  await replica.sync()
  const asked = () => phone.network.requests.splice(0).map((url) => withoutQuery(url).replace(/-[0-9a-f]{64}/, '-…'))
  asked()
  return { ...phone, replica, asked }
}

const canonicalOf = (value: unknown) => JSON.stringify(value)
const wish = (depth: Depth) => ({ depth, pause: 'auto' as const })
const isDone = ({ state }: Progress) => state === 'done'

let repair = () => {}
afterEach(() => repair())

/** What the browser was told about saving data. */
function setSaveData(saveData: boolean): void {
  Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData } })
  repair = () => Reflect.deleteProperty(navigator, 'connection')
}

test('lists come first, and a record that is opened asks for its own text alone', async () => {
  const { replica, asked } = await listed(50)
  expect(await listOf(replica, 'article')).toHaveLength(50)
  const first = await until(replica.record('article', 'a7'))
  expect(first).toMatchObject({ item: { title: '题 a7', titleOnly: false }, record: undefined })
  const held = await until(replica.record('article', 'a7'), (one) => one?.record !== undefined)
  expect(held?.record?.body).toEqual(whole('a7').body)
  expect(asked()).toEqual(['/sync/v2/e1/bodies/7-….json'])
  expect(await until(replica.onPhone('a7'))).toEqual({ hasText: true, hasFiles: true })
  expect(await until(replica.onPhone('a8'))).toEqual({ hasText: false, hasFiles: true })
})

test('texts come in bundles, the newest first, and what is kept before them, by itself', async () => {
  const { feed, replica, asked } = await listed(50)
  replica.keep(new Set(['a3']))
  await replica.fill()
  expect(asked()).toEqual([
    expect.stringMatching(/^\/sync\/v2\/e1\/bodies\/3-/),
    '/sync/v2/e1/open-bundles/50.ndjson',
    '/sync/v2/e1/bundles/1.ndjson',
    '/sync/v2/e1/bundles/0.ndjson',
  ])
  const { texts } = await until(replica.progress(), isDone)
  expect(texts.here).toEqual(texts.wanted)
  expect(texts.here.count).toBe(50)
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual([])
})

test('what has come stays when the network breaks off, and only the rest is fetched', async () => {
  const { network, replica, asked } = await listed(60)
  network.fault = (path, good) => {
    if (!path.includes('/bundles/1.')) return undefined
    const isNextAsked = () => network.requests.some((url) => url.includes('/bundles/0.'))
    return expect
      .poll(isNextAsked)
      .toBe(true)
      .then(() => noNetwork(path, good)!)
  }
  await replica.fill()
  // One comes while another is stored.
  expect(asked()).toEqual([2, 1, 0].map((n) => `/sync/v2/e1/bundles/${n}.ndjson`))
  expect(await until(replica.progress())).toMatchObject({ state: 'unreachable', texts: { here: { count: 40 } } })
  network.fault = undefined
  await replica.fill()
  expect(asked()).toEqual(['/sync/v2/e1/bundles/1.ndjson'])
})

test('a few changes bring their texts along, in few requests', async () => {
  const { feed, replica, asked } = await listed(57)
  feed.stepSize = 10
  feed.segmentSize = 100
  await replica.fill()
  for (let n = 1; n <= 18; n++) feed.put({ ...whole(`a${n}`), body: whole(`${n}，更正`).body })
  for (let n = 0; n < 2; n++) feed.put(whole(`b${n}`))
  asked()
  await replica.sync()
  const requests = asked()
  expect(requests.length).toBeLessThanOrEqual(5)
  expect(requests.filter((path) => /bodies|bundles/.test(path))).toEqual([])
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
  expect(asked()).toEqual([])
})

/** A copy of these files, in some cache, in which the text of one record is another's; `isEverywhere` past the caches too. */
function withFalse(feed: ModelFeed, id: string, files: RegExp, isEverywhere: boolean): Fault {
  return (path) => {
    if (!files.test(path) || (path !== withoutQuery(path) && !isEverywhere)) return undefined
    return json(feed.file(withoutQuery(path))?.replace(`正文 ${id}"`, `假的 ${id}"`))
  }
}

test('a text that has not the digest is never taken, and holds up no other', async () => {
  const { feed, network, replica } = await listed(42)
  network.fault = withFalse(feed, 'a25', /bundles\/1\.|bodies\/25-/, true)
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ state: 'unreachable', texts: { here: { count: 41 } } })
  expect(await until(replica.onPhone('a25'))).toMatchObject({ hasText: false })
  network.fault = undefined
  expect((await until(replica.record('article', 'a25'), (one) => one?.record !== undefined))?.record?.body).toEqual(
    whole('a25').body,
  )
})

test.each([
  ['bundle', 'a25', '/sync/v2/e1/bundles/1.ndjson'],
  ['open bundle', 'a42', '/sync/v2/e1/open-bundles/50.ndjson'],
])('a %s that a cache has wrong is asked for once more past the caches', async (_, id, path) => {
  const { feed, network, replica, asked } = await listed(50)
  network.fault = withFalse(feed, id, new RegExp(path), false)
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ state: 'done', texts: { here: { count: 50 } } })
  const paths = asked()
  expect([paths.filter((one) => one === path).length, paths.length]).toEqual([2, 4])
})

test('what a file lacks even past the caches is asked for alone', async () => {
  const { network, replica, asked } = await listed(40)
  network.fault = (path) => (path.includes('/bundles/1.') ? json('old') : undefined)
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ state: 'done', texts: { here: { count: 40 } } })
  expect(asked().filter((path) => path.includes('/bodies/'))).toHaveLength(20)
})

test('a text alone that a cache has wrong is asked for once more past the caches, for a page too', async () => {
  const { feed, network, replica, asked } = await listed(42)
  network.fault = withFalse(feed, 'a25', /bodies\/25-/, false)
  const held = await until(
    replica.record('article', 'a25'),
    (one) => one?.record !== undefined || one?.isMissed === true,
  )
  expect(held?.record?.body).toEqual(whole('a25').body)
  expect(asked()).toEqual(Array(2).fill('/sync/v2/e1/bodies/25-….json'))
})

test('a feed that knows nothing of its bodies any more is not asked for each of them', async () => {
  const { network, replica, asked } = await listed(60)
  network.fault = () => json(undefined)
  await replica.fill()
  expect((await until(replica.progress())).state).toBe('unreachable')
  // Three in vain, with the three beside the last of them, and each of them past the caches, too.
  expect(asked().filter((path) => path.includes('/bodies/')).length).toBeLessThanOrEqual(12)
})

test('without a network a record shows what lists know and says that the text is missed, until a sync succeeds', async () => {
  const { network, replica } = await listed(3)
  network.fault = noNetwork
  const seen: unknown[] = []
  const stop = replica.record('article', 'a1').subscribe((held) => {
    seen.push([held?.isMissed, held?.record !== undefined])
  }, neverFails)
  await expect
    .poll(() => seen)
    .toEqual([
      [false, false],
      [true, false],
    ])
  network.fault = undefined
  await replica.sync()
  await expect.poll(() => seen.at(-1)).toEqual([false, true])
  stop()
})

test('a text that is being read is read on when it goes from the phone, until it is another', async () => {
  const { feed, network, replica } = await listed(3)
  await replica.fill()
  const seen: unknown[] = []
  const stop = replica.record('article', 'a1').subscribe((held) => seen.push(held?.record?.body), neverFails)
  await until(replica.record('article', 'a1'), (held) => held?.record !== undefined)
  network.fault = (path) => (path.includes('/bodies/') ? json(undefined) : undefined)
  replica.keep(new Set())
  expect(await replica.makeRoom()).toBe(true)
  await until(replica.onPhone('a1'), (here) => here?.hasText === false)
  // Another record of which nothing is shown hears of it after this one.
  await until(replica.record('article', 'a2'), (held) => held !== undefined && held.record === undefined)
  expect(new Set(seen.map(canonicalOf))).toEqual(new Set([canonicalOf(whole('a1').body)]))
  feed.put({ ...whole('a1'), body: whole('a1，更正').body })
  network.fault = undefined
  await replica.sync()
  await expect.poll(() => canonicalOf(seen.at(-1))).toBe(canonicalOf(whole('a1，更正').body))
  stop()
})

test('a text that only a newer app can read is not said to be here', async () => {
  const { feed, replica } = await listed(1)
  feed.put({ ...whole('a2'), body: [{ type: 'of a later release' }] })
  await replica.sync()
  await replica.fill()
  expect(await until(replica.progress(), isDone)).toMatchObject({ texts: { here: { count: 2 } } })
  expect(await until(replica.onPhone('a2'))).toMatchObject({ hasText: false })
  expect(await until(replica.onPhone('a1'))).toMatchObject({ hasText: true })
})

test('with titles only, texts of what is kept come, and others go again', async () => {
  const { replica } = await listed(30)
  replica.wish(wish('texts'))
  await replica.fill()
  replica.keep(new Set(['a2']))
  replica.wish(wish('titles'))
  await replica.fill()
  expect(await until(replica.progress(), isDone)).toMatchObject({ texts: { here: { count: 1 }, wanted: { count: 1 } } })
  expect(await until(replica.onPhone('a2'))).toMatchObject({ hasText: true })
  expect(await until(replica.onPhone('a9'))).toMatchObject({ hasText: false })
  expect(await listOf(replica, 'article')).toHaveLength(30)
})

test('where data is to be saved, and where the person says so, nothing is fetched until they say otherwise', async () => {
  setSaveData(true)
  const { replica, asked } = await listed(30)
  await replica.fill()
  expect((await until(replica.progress())).state).toBe('savesData')
  replica.wish({ depth: 'texts', pause: 'paused' })
  await replica.fill()
  expect((await until(replica.progress())).state).toBe('paused')
  expect(asked()).toEqual([])
  replica.wish({ depth: 'texts', pause: 'running' })
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ state: 'done', texts: { here: { count: 30 } } })
})

test('after a pause nothing more is asked for than what is on its way', async () => {
  const { network, replica } = await listed(400)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  network.fault = (path, good) => (path.includes('/bundles/') ? held.then(() => good()) : undefined)
  network.requests.length = 0
  const filling = replica.fill()
  await expect.poll(() => network.requests.length).toBe(4)
  replica.wish({ depth: 'texts', pause: 'paused' })
  release()
  await filling
  expect(network.requests).toHaveLength(4)
  expect(await until(replica.progress())).toMatchObject({ state: 'paused', texts: { here: { count: 80 } } })
})

test('what is wished for in the moment in which all has come is done too', async () => {
  const { replica } = await listed(30)
  replica.keep(new Set())
  replica.wish(wish('texts'))
  const stopSyncing = replica.start()
  const isAllHere = new Promise<void>((resolve) => {
    const stop = replica.progress().subscribe((progress) => {
      if (!isDone(progress)) return
      replica.wish(wish('titles'))
      queueMicrotask(() => stop())
      resolve()
    }, neverFails)
  })
  await isAllHere
  expect(await until(replica.progress(), isDone)).toMatchObject({ texts: { wanted: { count: 0 } } })
  expect(await until(replica.onPhone('a9'))).toMatchObject({ hasText: false })
  stopSyncing()
})

test('texts that no record has any more go', async () => {
  const { feed, replica, databaseName } = await listed(4)
  await replica.fill()
  expect(await textsOn(databaseName)).toHaveLength(4)
  feed.put({ ...whole('a1'), body: [] })
  feed.withdraw('a2')
  await replica.sync()
  const before = await turnOn(databaseName)
  await replica.fill()
  // Whoever has read the bodies sees that some have gone, in as many steps as the volumes that they lay in ask for.
  expect(await turnOn(databaseName)).toBeGreaterThan(before)
  const left = await textsOn(databaseName)
  expect(left).toHaveLength(3)
  expect(left.filter((text) => text.includes('正文 a1') || text.includes('正文 a2'))).toEqual([])
})

test('texts of what was withdrawn go in the next session when this one ended over it', async () => {
  const { feed, replica, databaseName, open } = await listed(4)
  await replica.fill()
  feed.withdraw('a2')
  await replica.sync()
  const next = open()
  await next.sync()
  await next.fill()
  expect(await textsOn(databaseName)).toHaveLength(3)
})

test('texts go when titles only are chosen, not when such a choice is read: a browser that is killed goes back to one', async () => {
  const { feed, replica, databaseName, open } = await listed(4)
  await replica.fill()
  const next = open()
  next.keep(new Set(['a2']))
  next.wish(wish('titles'))
  await next.fill()
  expect(await textsOn(databaseName)).toHaveLength(4)
  next.wish(wish('texts'))
  next.wish(wish('titles'))
  await next.fill()
  expect(await textsOn(databaseName)).toEqual([expect.stringContaining('正文 a2')])
  feed.put(whole('b1'))
  await next.sync()
  expect(await textsOn(databaseName)).toHaveLength(1)
  // What somebody opens stays while they may read it.
  await until(next.record('article', 'a1'), (held) => held?.record !== undefined)
  await next.sync()
  await next.fill()
  expect(await textsOn(databaseName)).toHaveLength(2)
})

test('a text that a record gets again, after it went, is fetched again', async () => {
  const { feed, replica } = await listed(3)
  await replica.fill()
  feed.put({ ...whole('a1'), body: [] })
  await replica.sync()
  await replica.fill()
  feed.put(whole('a1'))
  // Enough to come as a segment, which brings no texts along.
  for (let n = 4; n <= 20; n++) feed.put(whole(`a${n}`, day(n)))
  await replica.sync()
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ state: 'done', texts: { here: { count: 20 } } })
  expect(await until(replica.onPhone('a1'))).toMatchObject({ hasText: true })
})

test('what an earlier session should have dropped goes, and what is opened after that stays', async () => {
  const { open, databaseName, replica } = await listed(3)
  await replica.fill()
  expect(await textsOn(databaseName)).toHaveLength(3)
  const later = open()
  later.keep(new Set())
  later.wish({ ...wish('titles'), before: 'texts' })
  expect(await until(later.progress())).toMatchObject({ isTidy: false })
  await later.fill()
  expect(await until(later.progress())).toMatchObject({ isTidy: true })
  expect(await textsOn(databaseName)).toEqual([])
  await later.sync()
  await until(later.record('article', 'a2'), (held) => held?.record !== undefined)
  later.wish(wish('titles'))
  await later.fill()
  expect(await textsOn(databaseName)).toHaveLength(1)
})

test('each depth says beforehand what it comes to', async () => {
  const { feed, replica, asked } = await listed(3)
  const bytes = [...feed.files].filter(([path]) => path.includes('/bodies/')).map(([, text]) => text)
  const sizes = await replica.sizes()
  expect(sizes.lists).toBe(
    new TextEncoder().encode([...feed.files].findLast(([path]) => path.includes('/lists/'))?.[1]).length,
  )
  expect(sizes.texts).toEqual({
    count: 3,
    bytes: bytes.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0),
  })
  expect(asked()).toEqual([])
})

test('what each depth comes to is known before there is contact', async () => {
  const { open, network, replica } = await listed(3)
  const sizes = await replica.sizes()
  expect(sizes.lists).toBeGreaterThan(0)
  network.fault = noNetwork
  const later = open()
  expect(await later.sizes()).toEqual(sizes)
  expect(await later.sync()).toBe('unreachable')
  expect(await later.sizes()).toEqual(sizes)
})

test('lists of more than is shown at first are read to their end, several at a time', async () => {
  const { feed, open } = setUp()
  for (let n = 1; n <= 250; n++) {
    feed.put(whole(`a${n}`, day(n % 28)))
    feed.put(park(`p${n}`, `园区 ${n}`))
  }
  feed.takeList()
  await open().sync()
  const replica = open()
  const lists = await Promise.all([listOf(replica, 'article'), listOf(replica, 'park')])
  expect(lists.map(({ length }) => length)).toEqual([250, 250])
})
