import { expect, test } from 'vitest'
import type { Snapshot } from '#domain/feed.ts'
import { exclusively } from '#replica/exclusive.ts'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import { canonical } from './model-feed.ts'
import { contentOf, setUp, stateOf } from './phone.ts'
import { article } from './records.ts'

test('changes fetched before another tab moved to a new epoch are not mixed into it', async () => {
  const { feed, network, open } = setUp()
  feed.put(article('a1', '第一篇'))
  const [here, there] = [open(), open({ patienceMs: 20 })]
  await here.sync()
  feed.put(article('a2', '旧纪元的第二篇'))
  network.fault = async (path, good) => {
    if (!path.includes('/e1/tail/')) return good()
    network.fault = undefined
    const old = good()
    feed.withdraw('a2')
    feed.newEpoch('e2')
    // The lock is held here, so that the other tab goes on without it after its patience.
    expect(await there.sync()).toBe('updated')
    return old
  }
  expect(await here.sync()).toBe('updated')
  expect(await stateOf(here)).toMatchObject({ epoch: 'e2', count: 1 })
  expect(await contentOf(here)).toBe(canonical(feed.state().values()))
})

test('two tabs that stage snapshots at the same moment: one is kept whole, the other withdraws', async () => {
  const { databaseName } = setUp()
  const snapshot = (title: string, version: number): Snapshot => ({
    epoch: 'e1',
    version,
    count: 2500,
    records: Array.from({ length: 2500 }, (_, n) => ({ ...article(`a${n}`, title), id: `a${n}`, kind: 'article' })),
  })
  const [one, other] = [indexedDbStore(databaseName, () => {}), indexedDbStore(databaseName, () => {})]
  await Promise.all([one.cursor(), other.cursor()])
  const kept = await Promise.all([
    one.replaceAll(snapshot('甲', 1), undefined),
    other.replaceAll(snapshot('乙', 2), undefined),
  ])
  expect(kept.filter(Boolean)).toHaveLength(1)
  const titles = new Set((await one.rows('article')).map((row) => row.record['title']))
  expect(titles).toEqual(new Set([kept[0] ? '甲' : '乙']))
  expect((await other.summary()).count).toBe(2500)
})

test('tabs take turns, and one that was silent too long is passed by', async () => {
  const order: string[] = []
  let release = () => {}
  const held = exclusively('test-turns', 1000, async () => {
    await new Promise<void>((resolve) => (release = resolve))
    order.push('first')
  })
  await exclusively('test-turns', 20, () => Promise.resolve(order.push('impatient')))
  const waiting = exclusively('test-turns', 10_000, () => Promise.resolve(order.push('second')))
  release()
  await Promise.all([held, waiting])
  expect(order).toEqual(['impatient', 'first', 'second'])
})
