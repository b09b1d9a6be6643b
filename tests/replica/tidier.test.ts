import { afterEach, expect, test } from 'vitest'
import { bindChanges } from '#replica/bind-changes.ts'
import { BodyIndex } from '#replica/body-index.ts'
import { breathe } from '#replica/idle.ts'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import { keepFile, keptFiles, MEDIA_CACHE, SHOWN_CACHE } from '#replica/media-cache.ts'
import type { ContentStore } from '#replica/store.ts'
import { Tidier } from '#replica/tidier.ts'
import { Wishes } from '#replica/wishes.ts'
import { failCaches, holdDeletion } from './cache-faults.ts'
import { holdAtMost, refuseDatabases } from './idb-faults.ts'
import { listed, whole } from './listed.ts'
import { boundOn, until } from './phone.ts'

let repair = () => {}
afterEach(async () => {
  repair()
  await caches.delete(MEDIA_CACHE)
  await caches.delete(SHOWN_CACHE)
})

test('that what is too much has gone is not said before the files have, and what is chosen meanwhile counts', async () => {
  const { feed, replica, hasText } = await listed(3)
  for (const n of [4, 5]) feed.put(whole(n), [{ path: `/media/${n}.pdf` }])
  await replica.sync()
  await replica.fill()
  const paths = [4, 5].map((n) => `/media/${n}.pdf`)
  for (const path of paths) await keepFile(path, new Response('pdf'))
  const { isAsked, letGo, restore } = holdDeletion()
  repair = restore
  replica.keep(new Set())
  replica.wish({ depth: 'texts', pause: 'paused', before: 'everything' })
  const filling = replica.fill()
  await isAsked
  // What a text that somebody opens has it say.
  replica.wish({ depth: 'texts', pause: 'auto', before: 'everything' })
  expect(await until(replica.progress())).toMatchObject({ isTidy: false })
  expect(await keptFiles(paths)).toEqual(new Set(paths))
  replica.wish({ depth: 'titles', pause: 'auto', before: 'everything' })
  letGo()
  await filling
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ isTidy: true })
  expect(await keptFiles(paths)).toEqual(new Set())
  expect(await hasText('a1')).toBe(false)
})

test('files that cannot go now go later, and until then it is not said that they have', async () => {
  const { feed, replica } = await listed(1)
  feed.put(whole(2), [{ path: '/media/2.pdf' }])
  await replica.sync()
  await keepFile('/media/2.pdf', new Response('pdf'))
  repair = failCaches()
  replica.keep(new Set())
  replica.wish({ depth: 'texts', pause: 'paused', before: 'everything' })
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ isTidy: false })
  repair()
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ isTidy: true })
  expect(await keptFiles(['/media/2.pdf'])).toEqual(new Set())
})

test('a choice that is told again drops no text that was opened since, nor does one that waits for its files', async () => {
  const { replica, hasText } = await listed(3)
  await replica.fill()
  repair = failCaches()
  replica.keep(new Set())
  replica.wish({ depth: 'titles', pause: 'auto', before: 'texts' })
  await replica.fill()
  expect(await hasText('a1')).toBe(false)
  await until(replica.record('article', 'a1'), (held) => held?.record !== undefined)
  expect(await hasText('a1')).toBe(true)
  await replica.fill()
  repair()
  replica.wish({ depth: 'titles', pause: 'paused', before: 'texts' })
  await replica.fill()
  expect(await until(replica.progress())).toMatchObject({ isTidy: true })
  expect(await hasText('a1')).toBe(true)
})

test('a text that a full phone cannot drop from beside a kept one is not said to have gone', async () => {
  const { replica, databaseName, hasText } = await listed(20, 20)
  await replica.fill()
  const bound = await boundOn(databaseName)
  replica.keep(new Set(['a2']))
  repair = holdAtMost('texts', 0, bound)
  replica.wish({ depth: 'titles', pause: 'auto', before: 'texts' })
  await replica.fill()
  expect(await hasText('a1')).toBe(true)
  expect(await until(replica.progress())).toMatchObject({ isTidy: false })
})

test('a tab whose copy lives in memory does not say that what is too much has gone from the phone', async () => {
  const { replica: earlier, open, hasText } = await listed(3)
  await earlier.fill()
  repair = refuseDatabases()
  const replica = open()
  replica.keep(new Set())
  replica.wish({ depth: 'titles', pause: 'auto', before: 'texts' })
  await replica.sync()
  await replica.fill()
  expect(await until(replica.state())).toMatchObject({ ready: true, problem: 'storage' })
  expect(await until(replica.progress())).toMatchObject({ isTidy: false })
  expect(await hasText('a1')).toBe(true)
})

test('while another reads the index anew no file and no text goes that may be kept', async () => {
  const { feed, replica, databaseName, hasText } = await listed(2)
  feed.put(whole(3), [{ path: '/media/3.pdf' }])
  await replica.sync()
  await replica.fill()
  await keepFile('/media/3.pdf', new Response('pdf'))
  const store = indexedDbStore(databaseName, { onLost: () => undefined, onNewer: () => undefined })
  await store.putBodies([{ sha256: 'nobody', bytes: new Uint8Array([0x7b, 0x7d]) }])
  let held: (() => void) | undefined
  const page: ContentStore['page'] = (...asked) => {
    held?.()
    return held === undefined ? store.page(...asked) : new Promise(() => undefined)
  }
  const index = new BodyIndex({ ...store, page })
  await index.refresh(breathe)
  const wishes = new Wishes()
  wishes.keep(new Set(['a3']))
  wishes.set({ depth: 'titles', pause: 'paused', before: 'everything' })
  const dropOrphans: ContentStore['dropOrphans'] = async (sha256s, at) => {
    await store.dropOrphans(sha256s, at)
    // Another tab binds the lists anew, and somebody asks what each depth comes to.
    await bindChanges(store, new BodyIndex(store), breathe)
    const isRead = new Promise<void>((resolve) => (held = resolve))
    void index.refresh(breathe)
    await isRead
  }
  const tidier = new Tidier({ ...store, dropOrphans }, index, wishes)
  await tidier.tidy()
  expect(await keptFiles(['/media/3.pdf'])).toEqual(new Set(['/media/3.pdf']))
  expect([await hasText('a1'), await hasText('a3'), tidier.isTidy]).toEqual([true, true, false])
})
