import { expect, test } from 'vitest'
import type { Replica } from '#replica/replica.ts'
import { noNetwork } from './network.ts'
import { listOf, neverFails, setUp, until } from './phone.ts'
import { article } from './records.ts'

function twoTabs() {
  const { feed, network, open } = setUp()
  feed.put(article('a1', '甲'))
  return { feed, network, tabs: [open(), open()] as const }
}

test('a tab whose copy another tab clears asks for it anew', async () => {
  const { tabs } = twoTabs()
  const [one, other] = tabs
  const stop = other.start()
  await until(other.state(), ({ ready, syncing }) => ready && !syncing)
  const gone = until(other.state(), ({ ready }) => !ready)
  await one.clear()
  await gone
  await until(other.state(), ({ ready, syncing }) => ready && !syncing)
  stop()
})

test('what is cleared while a sync is on its way is fetched again by that sync', async () => {
  const { network, tabs } = twoTabs()
  const [one, other] = tabs
  await other.sync()
  let answer = () => {}
  const held = new Promise<void>((done) => (answer = done))
  const asked = new Promise<void>((done) => {
    network.fault = (_, good) => {
      done()
      return held.then(good)
    }
  })
  const syncing = other.sync()
  await asked
  await one.clear()
  answer()
  expect(await syncing).toBe('updated')
  expect(await until(other.state())).toMatchObject({ ready: true })
})

test('where nobody answers then, it says so, and lists that there is no copy', async () => {
  const { network, tabs } = twoTabs()
  const [one, other] = tabs
  const stop = other.start()
  await until(other.state(), ({ ready, syncing }) => ready && !syncing)
  network.fault = noNetwork
  const told = until(other.state(), ({ ready, problem }) => !ready && problem === 'unreachable')
  await one.clear()
  await told
  expect(await until(other.list('article'), ({ hasCopy }) => !hasCopy)).toMatchObject({ items: [] })
  stop()
})

/** What is told of the record that is open, as a page and as a row of a list. */
function followed(replica: Replica) {
  const held: (string | undefined)[] = []
  const listed: (string | undefined)[] = []
  const stops = [
    replica.record('article', 'a1').subscribe((found) => held.push(found?.item.title), neverFails),
    replica.item('article', 'a1').subscribe((found) => listed.push(found?.title), neverFails),
  ]
  return { told: () => [...new Set([...held, ...listed])], counts: () => [held.length, listed.length], stops }
}

test('of a record that is open nothing is told meanwhile: it was not withdrawn', async () => {
  const { tabs } = twoTabs()
  const [one, other] = tabs
  await other.sync()
  const { told, stops } = followed(other)
  await until(other.item('article', 'a1'))
  const gone = until(other.state(), ({ ready }) => !ready)
  await one.clear()
  await gone
  await other.sync()
  await until(other.record('article', 'a1'), (found) => found !== undefined)
  expect(told()).toEqual(['甲'])
  stops.forEach((stop) => stop())
})

test.each(['comes', 'fails'])('that a list lacks it is no withdrawal until what is newer %s', async (end) => {
  const { network, tabs } = twoTabs()
  const [replica] = tabs
  let answer = () => {}
  const held = new Promise<void>((done) => (answer = done))
  // The list is older than the record, which comes with the changes.
  network.fault = (path, good) =>
    path.includes('/tail/') ? held.then(() => (end === 'comes' ? good() : noNetwork(path, good)!)) : undefined
  const syncing = replica.sync()
  await until(replica.state(), ({ ready }) => ready)
  const { told, counts, stops } = followed(replica)
  // The list of its kind is read after them.
  expect(await listOf(replica, 'article')).toEqual([])
  expect(told()).toEqual([])
  answer()
  expect(await syncing).toBe(end === 'comes' ? 'updated' : 'unreachable')
  await expect.poll(() => Math.min(...counts())).toBeGreaterThan(0)
  expect(told()).toEqual([end === 'comes' ? '甲' : undefined])
  network.fault = undefined
  await replica.sync()
  await expect.poll(() => told().includes('甲')).toBe(true)
  stops.forEach((stop) => stop())
})

test('a tab that is at rest says nothing either while another takes a list of another epoch', async () => {
  const { feed, network, tabs } = twoTabs()
  const [one, other] = tabs
  await one.sync()
  await other.sync()
  const { told, counts, stops } = followed(other)
  await expect.poll(() => Math.min(...counts())).toBeGreaterThan(0)
  let goOn = () => {}
  const held = new Promise<void>((done) => (goOn = done))
  network.fault = (path, good) => (path.includes('/tail/') ? held.then(good) : undefined)
  feed.newEpoch('e2', 0)
  feed.put(article('a1', '甲'))
  const syncing = one.sync()
  await until(other.state(), ({ epoch }) => epoch === 'e2')
  expect(await listOf(other, 'article')).toEqual([])
  goOn()
  expect(await syncing).toBe('updated')
  await until(other.state(), ({ isBehind }) => isBehind === undefined)
  await expect.poll(() => until(other.item('article', 'a1')).then((item) => item?.title)).toBe('甲')
  expect(told()).toEqual(['甲'])
  stops.forEach((stop) => stop())
})
