import { expect, test } from 'vitest'
import { noNetwork } from './network.ts'
import { setUp, until } from './phone.ts'
import { article } from './records.ts'

const fail = (error: unknown) => {
  throw error
}

function twoTabs() {
  const { feed, network, open } = setUp()
  feed.put(article('a1', '甲'))
  return { network, tabs: [open(), open()] as const }
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

test('of a record that is open nothing is told meanwhile: it was not withdrawn', async () => {
  const { tabs } = twoTabs()
  const [one, other] = tabs
  await other.sync()
  const held: (string | undefined)[] = []
  const listed: (string | undefined)[] = []
  const stops = [
    other.record('article', 'a1').subscribe((found) => held.push(found?.item.title), fail),
    other.item('article', 'a1').subscribe((found) => listed.push(found?.title), fail),
  ]
  await until(other.item('article', 'a1'))
  const gone = until(other.state(), ({ ready }) => !ready)
  await one.clear()
  await gone
  await other.sync()
  await until(other.record('article', 'a1'), (found) => found !== undefined)
  expect(new Set(held)).toEqual(new Set(['甲']))
  expect(new Set(listed)).toEqual(new Set(['甲']))
  stops.forEach((stop) => stop())
})
