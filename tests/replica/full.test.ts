import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { forgetFull, fullAt, noteFull } from '#replica/full-note.ts'
import { dropSearchDatabase } from '#replica/search/connection.ts'
import { openSearch } from '#replica/search/search-client.ts'
import { holdAtMost, refuseWhatWrites, tellStored } from './idb-faults.ts'
import { listed, whole } from './listed.ts'
import { noNetwork } from './network.ts'
import { stateOf, textsOn, until } from './phone.ts'

let repairs: (() => void)[] = []
afterEach(() => {
  repairs.forEach((repair) => repair())
  repairs = []
})

const sayStored = (usage: number) => repairs.push(tellStored({ usage, quota: usage + 10 * 2 ** 30 }))

test('where the browser refused more, a quarter stays free, and what is kept comes all the same', async () => {
  const { replica, hasText } = await listed(50)
  noteFull(40_000_000)
  sayStored(30_000_001)
  replica.keep(new Set(['a2']))
  const newer = Array.from({ length: 50 }, (_, n) => `a${n + 1}`)
  await replica.fill()
  expect((await until(replica.progress())).state).toBe('full')
  expect(await hasText('a2')).toBe(true)
  expect((await Promise.all(newer.map(hasText))).filter(Boolean).length).toBeLessThan(50)
  sayStored(30_000_000)
  await replica.fill()
  expect((await until(replica.progress())).state).toBe('done')
})

test('that it is full is said without contact too, but not of what is kept, which would come', async () => {
  const { replica, network, open } = await listed(50)
  noteFull(40_000_000)
  sayStored(30_000_001)
  replica.keep(new Set(['a2']))
  await replica.fill()
  network.fault = noNetwork
  const later = open()
  later.keep(new Set(['a2']))
  await later.fill()
  expect((await until(later.progress())).state).toBe('full')
  later.keep(new Set(['a2', 'a3']))
  await later.fill()
  expect((await until(later.progress())).state).toBe('unreachable')
})

test('there one comes that is newer than nearly all, and no other', async () => {
  const { feed, replica, hasText } = await listed(6)
  replica.keep(new Set(['a2']))
  await replica.fill()
  noteFull(40_000_000)
  sayStored(35_000_000)
  feed.put({ ...whole(40), publishedAt: '2001-01-01' })
  feed.takeList()
  feed.minVersion = feed.head
  await replica.sync()
  await replica.fill()
  expect(await hasText('a40')).toBe(false)
  feed.put(whole(30))
  feed.put(whole(31))
  feed.takeList()
  feed.minVersion = feed.head
  await replica.sync()
  await replica.fill()
  expect(await Promise.all(['a30', 'a31', 'a1', 'a2'].map(hasText))).toEqual([true, true, true, true])
})

test('how much is stored when texts are refused is noted, and so much goes of what nobody keeps that a quarter is free', async () => {
  const { replica, databaseName, hasText } = await listed(12)
  replica.keep(new Set(['a2']))
  sayStored(60_000_000)
  repairs.push(holdAtMost('texts', 6))
  await replica.fill()
  expect(fullAt()).toBe(60_000_000)
  // All of them are less than that.
  expect(await textsOn(databaseName)).toHaveLength(1)
  expect(await hasText('a2')).toBe(true)
  expect((await until(replica.progress())).state).toBe('full')
})

test('where the browser takes nothing but deletions texts go all the same, and whoever follows them sees it', async () => {
  const { replica, databaseName } = await listed(6)
  await replica.fill()
  replica.keep(new Set())
  const turn = async () => {
    const database = await new Dexie(databaseName).open()
    const row = await database.table<{ turn: number }>('state').get('bodies')
    database.close()
    return row?.turn
  }
  const before = await turn()
  const repair = refuseWhatWrites()
  repairs.push(repair)
  expect(await replica.makeRoom()).toBe(true)
  expect(await textsOn(databaseName)).toHaveLength(0)
  expect(await turn()).toBe(undefined)
  repair()
  // There is more room on the phone.
  forgetFull()
  await replica.fill()
  expect(await textsOn(databaseName)).toHaveLength(6)
  expect(await turn()).not.toBe(before)
})

test('a refusal that was over before the browser measured anew drops nothing', async () => {
  const { feed, replica, databaseName } = await listed(6)
  await replica.fill()
  replica.keep(new Set())
  let refused = 0
  repairs.push(holdAtMost('changes', 0, [], () => refused++ === 0))
  feed.put(whole(7))
  expect(await replica.sync()).toBe('updated')
  expect(await stateOf(replica)).toMatchObject({ version: 7, count: 7 })
  expect(await textsOn(databaseName)).toHaveLength(7)
  expect(fullAt()).toBe(undefined)
})

test('whoever drops the copy may fill the phone anew', async () => {
  const { replica } = await listed(3)
  noteFull(30_000_000)
  await replica.clear()
  expect(fullAt()).toBe(undefined)
})

test('a note of long ago, or of nothing, says nothing', () => {
  noteFull(30_000_000)
  expect(fullAt()).toBe(30_000_000)
  noteFull(40_000_000)
  expect(fullAt()).toBe(30_000_000)
  for (const note of [`30000000 ${Date.now() - 25 * 3600 * 1000}`, 'x', `-1 ${Date.now()}`, `30000000`]) {
    localStorage.setItem('luodi-full', note)
    expect(fullAt()).toBe(undefined)
  }
})

test('where the browser refused more no index is made, and texts are looked through, past one that is behind', async () => {
  const { feed, replica, databaseName } = await listed(3)
  await replica.fill()
  const told: string[] = []
  const database = `${databaseName}-search`
  const search = openSearch({ content: databaseName, database, progress: ({ state }) => told.push(state) })
  repairs.push(() => search.close())
  await expect.poll(() => told.at(-1)).toBe('ready')
  // Less than anything takes.
  noteFull(1)
  feed.put(whole(4))
  await replica.sync()
  await replica.fill()
  search.changed()
  await expect.poll(() => told.at(-1)).toBe('unable')
  expect((await search.search({ text: '正文 4' }, 20))?.total).toBe(1)
  await dropSearchDatabase(database)
})
