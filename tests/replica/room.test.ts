import { afterEach, expect, test } from 'vitest'
import type { FetchFile } from '#replica/file-filler.ts'
import { keepFile, keptFiles, MEDIA_CACHE, SHOWN_CACHE } from '#replica/media-cache.ts'
import { failCaches } from './cache-faults.ts'
import { fullUntilTextsGo, holdAtMost, tellStored } from './idb-faults.ts'
import { listed, whole } from './listed.ts'
import type { ModelFeed } from './model-feed.ts'
import { StorageFailure } from '#replica/storage-failure.ts'
import { boundOn, listOf, neverFails, setUp, stateOf, textsOn, until } from './phone.ts'

let repair = () => {}
afterEach(async () => {
  repair()
  await caches.delete(MEDIA_CACHE)
  await caches.delete(SHOWN_CACHE)
})

test('a full phone keeps the newest texts and says that not all are there', async () => {
  const { replica, hasText } = await listed(12)
  repair = holdAtMost('texts', 6)
  await replica.fill()
  const { state, texts } = await until(replica.progress())
  expect(state).toBe('full')
  // Which of those that come together is last makes room for itself among the older ones.
  expect(texts.here.count).toBeGreaterThanOrEqual(4)
  expect([await hasText('a12'), await hasText('a1')]).toEqual([true, false])
})

test('for a new text an old one makes way, but none that is kept', async () => {
  const { feed, replica, databaseName, hasText } = await listed(6)
  replica.keep(new Set(['a1']))
  await replica.fill()
  // A browser that tells how much is stored is left a quarter, which here is all.
  const putRight = [tellStored({}), holdAtMost('texts', 6, await boundOn(databaseName))]
  repair = () => putRight.forEach((right) => right())
  feed.put(whole(30))
  feed.takeList()
  feed.minVersion = feed.head
  await replica.sync()
  await replica.fill()
  expect([await hasText('a30'), await hasText('a1')]).toEqual([true, true])
  expect(await hasText('a2')).toBe(false)
  expect(await listOf(replica, 'article')).toHaveLength(7)
})

test('for a new text only so many pictures and files make way as are needed, the oldest first', async () => {
  const { feed, replica } = await listed(1)
  const sizes = { 2: 1_500_000, 3: undefined, 4: 1_500_000, 5: 1_500_000 }
  const cache = await caches.open(MEDIA_CACHE)
  for (const [n, bytes] of Object.entries(sizes)) {
    feed.put(whole(Number(n)), [{ path: `/media/${n}.pdf`, ...(bytes === undefined ? {} : { bytes }) }])
    await cache.put(`/media/${n}.pdf`, new Response('pdf', { headers: { 'Content-Length': '600000' } }))
  }
  await cache.put('/media/nobodys.pdf', new Response('pdf'))
  replica.keep(new Set(['a2']))
  await replica.sync()
  await replica.fill()
  let refused = 0
  repair = holdAtMost('texts', 0, [], () => refused++ < 2)
  feed.put(whole(30))
  feed.compact()
  await replica.sync()
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ texts: { here: { count: 6 } } })
  expect((await cache.keys()).map(({ url }) => new URL(url).pathname)).toEqual(['/media/2.pdf', '/media/5.pdf'])
})

test.each([
  ['what changes in the lists', 'changes', () => undefined],
  ['a list of everything', 'blocks', (feed: ModelFeed) => feed.newEpoch('e2')],
])('for %s texts make way', async (_, table, alter) => {
  const { feed, replica, hasText } = await listed(6)
  replica.keep(new Set(['a2']))
  await replica.fill()
  let refused = 0
  repair = holdAtMost(table, 0, [], () => refused++ < 2)
  feed.put(whole(7))
  alter(feed)
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ version: 7, count: 7 })
  expect(await hasText('a2')).toBe(true)
  expect(await hasText('a1')).toBe(false)
})

test('what can be fetched again makes way for what cannot, but the lists and what is kept', async () => {
  const phone = setUp()
  const files = (n: number) => [{ path: `/media/${n}.pdf` }]
  for (const n of [1, 2]) phone.feed.put(whole(n), files(n))
  const cache = await caches.open(MEDIA_CACHE)
  for (const n of [1, 2]) await cache.put(`/media/${n}.pdf`, new Response('pdf'))
  const replica = phone.open()
  await replica.sync()
  await replica.fill()
  replica.keep(new Set(['a1']))
  await replica.makeRoom()
  expect((await cache.keys()).map(({ url }) => new URL(url).pathname)).toEqual(['/media/1.pdf'])
  expect(await until(replica.onPhone('a1'))).toEqual({ hasText: true, hasFiles: true })
  expect(await until(replica.onPhone('a2'))).toEqual({ hasText: false, hasFiles: false })
  expect(await listOf(replica, 'article')).toHaveLength(2)
})

test('a kept file stays whatever letters its path has', async () => {
  const { feed, replica } = await listed(1)
  const paths = ['/media/政策.pdf', '/media/b.pdf?v=2', '/media/c.pdf#page=2', '/media/d%20e.pdf']
  feed.put(
    whole(2),
    paths.map((path) => ({ path })),
  )
  const cache = await caches.open(MEDIA_CACHE)
  for (const path of [...paths, '/media/其他.pdf']) await cache.put(path, new Response('pdf'))
  await replica.sync()
  replica.keep(new Set(['a2']))
  await replica.makeRoom()
  expect(await keptFiles([...paths, '/media/其他.pdf'])).toEqual(new Set(paths))
})

test('until it is known what is kept, and what there is, nothing goes that may be kept', async () => {
  const phone = setUp()
  for (const n of [1, 2]) phone.feed.put(whole(n), [{ path: `/media/${n}.pdf` }])
  const cache = await caches.open(MEDIA_CACHE)
  for (const n of [1, 2]) await cache.put(`/media/${n}.pdf`, new Response('pdf'))
  const replica = phone.open()
  replica.wish({ depth: 'everything', pause: 'auto' })
  // Nothing of the lists has come.
  replica.keep(new Set(['a1']))
  await replica.makeRoom()
  replica.wish({ depth: 'titles', pause: 'auto' })
  await replica.fill()
  expect(await cache.keys()).toHaveLength(2)
  await replica.sync()
  await replica.fill()
  expect((await cache.keys()).map(({ url }) => new URL(url).pathname)).toEqual(['/media/1.pdf'])
  // Another start, at which it is not said what is kept.
  const other = phone.open()
  other.wish({ depth: 'everything', pause: 'auto' })
  await other.sync()
  other.wish({ depth: 'titles', pause: 'auto' })
  await other.fill()
  await other.makeRoom()
  expect(await cache.keys()).toHaveLength(1)
  expect(await until(other.onPhone('a1'))).toMatchObject({ hasText: true })
  other.keep(new Set())
  await other.fill()
  expect(await cache.keys()).toHaveLength(0)
  expect(await until(other.onPhone('a1'))).toMatchObject({ hasText: false })
})

test('for a text that somebody waits for before the first pass, no file makes way that is kept', async () => {
  const { feed, replica: earlier, open } = await listed(3)
  feed.put(whole(4), [{ path: '/media/4.pdf' }])
  const cache = await caches.open(MEDIA_CACHE)
  for (const n of [4, 5]) await cache.put(`/media/${n}.pdf`, new Response('pdf'))
  await earlier.sync()
  const replica = open()
  replica.keep(new Set(['a4']))
  let refused = 0
  repair = holdAtMost('texts', 0, [], () => refused++ < 2)
  await until(replica.record('article', 'a2'), (held) => held?.record !== undefined)
  expect((await cache.keys()).map(({ url }) => new URL(url).pathname)).toEqual(['/media/4.pdf'])
})

test('pictures and files come for what is kept, and for everything where the person wants it', async () => {
  const phone = setUp()
  for (const n of [1, 2, 3]) phone.feed.put(whole(n), [{ path: `/media/${n}.pdf`, bytes: n }])
  const replica = phone.open()
  await replica.sync()
  const fetched: string[] = []
  replica.fetchFilesWith(async (path) => {
    fetched.push(path)
    await (await caches.open(MEDIA_CACHE)).put(path, new Response('pdf'))
    return 'here'
  })
  await replica.fill()
  expect(fetched).toEqual([])
  replica.keep(new Set(['a2']))
  await replica.fill()
  expect(fetched).toEqual(['/media/2.pdf'])
  expect(await replica.sizes()).toMatchObject({ files: { count: 3, bytes: 6 }, unknown: 0 })
  replica.wish({ depth: 'everything', pause: 'auto' })
  await replica.fill()
  expect([...fetched].sort()).toEqual(['/media/1.pdf', '/media/2.pdf', '/media/3.pdf'])
  expect(await until(replica.progress())).toMatchObject({ state: 'done', files: { here: { count: 3, bytes: 6 } } })
})

/** A phone with fifty records, of which one is kept that has a file; `asked` resolves when that is fetched. */
async function keptWithFile(fetchFile: FetchFile) {
  const phone = await listed(50)
  phone.feed.put(whole(3), [{ path: '/media/3.pdf' }])
  await phone.replica.sync()
  phone.replica.keep(new Set(['a3']))
  const asked = new Promise<void>((done) => {
    phone.replica.fetchFilesWith((path) => {
      done()
      return fetchFile(path)
    })
  })
  return { ...phone, asked }
}

test('files of what is kept wait for no other text', async () => {
  const { network, replica, databaseName, asked } = await keptWithFile(() => Promise.resolve('gone'))
  // Any text but its own.
  network.fault = (path, good) => (/bundles|bodies\/(?!51-)/.test(path) ? asked.then(good) : undefined)
  await replica.fill()
  expect(await textsOn(databaseName)).toHaveLength(50)
})

test('a file that cannot be stored ends no text that is on its way', async () => {
  const { network, replica, databaseName, asked } = await keptWithFile(() =>
    Promise.reject(new StorageFailure(new Error('The cache is broken'))),
  )
  network.fault = (path, good) => (/bundles|bodies\/(?!51-)/.test(path) ? asked.then(good) : undefined)
  await replica.fill()
  expect(await textsOn(databaseName)).toHaveLength(50)
})

test('a file that never comes holds up no text', async () => {
  const { feed, replica, databaseName } = await listed(50)
  feed.put(whole(3), [{ path: '/media/3.pdf' }])
  await replica.sync()
  replica.keep(new Set(['a3']))
  replica.fetchFilesWith(() => new Promise(() => undefined))
  void replica.fill()
  await expect.poll(async () => (await textsOn(databaseName)).length).toBe(50)
})

test('what the server has not is asked for once, and what cannot be had now after each sync', async () => {
  const phone = setUp()
  for (const n of [1, 2, 3]) phone.feed.put(whole(n), [{ path: `/media/${n}.pdf` }])
  const replica = phone.open()
  await replica.sync()
  replica.wish({ depth: 'everything', pause: 'auto' })
  replica.keep(new Set(['a1']))
  const fetched: string[] = []
  replica.fetchFilesWith((path) => {
    fetched.push(path)
    return Promise.resolve(path === '/media/3.pdf' ? 'gone' : 'missed')
  })
  await replica.fill()
  await replica.fill()
  expect(fetched).toEqual(['/media/1.pdf', '/media/3.pdf', '/media/2.pdf', '/media/1.pdf', '/media/2.pdf'])
  expect((await until(replica.progress())).state).toBe('unreachable')
})

test('on a full phone one file is fetched in vain, one that is kept if there is any, and no other until room is made', async () => {
  const phone = setUp()
  for (const n of [1, 2, 3]) phone.feed.put(whole(n), [{ path: `/media/${n}.pdf` }])
  const replica = phone.open()
  await replica.sync()
  replica.keep(new Set(['a2']))
  replica.wish({ depth: 'everything', pause: 'auto' })
  const fetched: string[] = []
  replica.fetchFilesWith((path) => {
    fetched.push(path)
    return Promise.resolve('full')
  })
  await replica.fill()
  await replica.fill()
  expect(fetched).toEqual(['/media/2.pdf'])
  expect(await until(replica.progress())).toMatchObject({ state: 'full', texts: { here: { count: 3 } } })
  await replica.makeRoom()
  await replica.fill()
  expect(fetched).toEqual(['/media/2.pdf', '/media/2.pdf'])
})

test('a Cache API that fails holds up files, and neither texts nor the room for them', async () => {
  const { feed, replica, databaseName, hasText } = await listed(6)
  feed.put(whole(1), [{ path: '/media/1.pdf' }])
  repair = failCaches()
  replica.fetchFilesWith(() => Promise.reject(new Error('nothing is fetched that cannot be stored')))
  replica.keep(new Set(['a1']))
  await replica.sync()
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({
    state: 'full',
    texts: { here: { count: 6 } },
    files: { here: { count: 0 }, wanted: { count: 1 } },
  })
  const putRight = [repair, tellStored({}), holdAtMost('texts', 6, await boundOn(databaseName))]
  repair = () => putRight.forEach((right) => right())
  feed.put(whole(30))
  feed.takeList()
  feed.minVersion = feed.head
  await replica.sync()
  await replica.fill()
  expect([await hasText('a30'), await hasText('a2')]).toEqual([true, false])
})

test('whoever looks hears when the files of a record have come, and when they have made way in another tab', async () => {
  const phone = setUp()
  phone.feed.put(whole(1), [{ path: '/media/1.pdf' }])
  const [replica, other] = [phone.open(), phone.open()]
  await replica.sync()
  await replica.fill()
  await (await caches.open(SHOWN_CACHE)).put('/media/1.pdf', new Response('only shown'))
  const seen: unknown[] = []
  const stop = replica.onPhone('a1').subscribe((found) => seen.push(found?.hasFiles), neverFails)
  await expect.poll(() => seen.at(-1)).toBe(false)
  await keepFile('/media/1.pdf', new Response('pdf'))
  await expect.poll(() => seen.at(-1)).toBe(true)
  other.wish({ depth: 'everything', pause: 'auto' })
  other.wish({ depth: 'texts', pause: 'auto' })
  other.keep(new Set())
  await other.fill()
  await expect.poll(() => seen.at(-1)).toBe(false)
  stop()
})

test('files that come at once take room one after the other, and each finds its own', async () => {
  const { feed, open } = setUp()
  Object.assign(feed, { stepSize: 6, segmentSize: 18 })
  const named = (id: string, n: number) => ({ ...whole(n), id })
  for (let n = 1; n <= 30; n++) feed.put(named(`old${n}`, n))
  feed.takeList()
  const replica = open()
  await replica.sync()
  const kept = ['new1', 'new2', 'new3', 'new4', 'new5', 'new6']
  replica.keep(new Set(kept))
  await replica.fill()
  repair = fullUntilTextsGo()
  kept.forEach((id, n) => feed.put(named(id, 100 + n)))
  feed.compact()
  await replica.sync()
  await replica.fill()
  for (const id of kept) expect((await until(replica.onPhone(id)))?.hasText).toBe(true)
})
