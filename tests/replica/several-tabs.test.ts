import { expect, test } from 'vitest'
import type { Put } from '#domain/feed-v2.ts'
import { exclusively } from '#replica/exclusive.ts'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import type { ListFile } from '#replica/store.ts'
import { canonical } from './model-feed.ts'
import { contentOf, setUp, stateOf, until } from './phone.ts'
import { article } from './records.ts'

const QUIET = { onLost: () => undefined, onNewer: () => undefined }

test('changes fetched before another tab moved to a new epoch are not mixed into it', async () => {
  const { feed, network, open } = setUp()
  feed.put(article('a1', '第一篇'))
  const [here, there] = [open(), open({ patienceMs: 500 })]
  await here.sync()
  feed.put(article('a2', '旧纪元的第二篇'))
  network.fault = async (path, good) => {
    if (!path.includes('/e1/steps/')) return good()
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

test('of an epoch into which another tab has gone, nothing is asked for under the old one', async () => {
  const { feed, network, open } = setUp()
  for (let n = 1; n <= 30; n++) feed.put(article(`a${n}`, `第${n}篇`))
  feed.compact()
  const [here, there] = [open(), open()]
  await here.sync()
  feed.newEpoch('e2')
  await there.sync()
  network.requests.length = 0
  await here.fill()
  expect(network.requests).toEqual([])
  expect((await until(here.progress())).state).toBe('unreachable')
  await here.sync()
  await here.fill()
  expect((await until(here.progress())).state).toBe('done')
})

test('two tabs that stage lists at the same moment: one is kept whole, the other withdraws', async () => {
  const { databaseName } = setUp()
  const list = (title: string, version: number): ListFile => ({
    epoch: 'e1',
    version,
    count: 2500,
    async *puts() {
      for (let from = 0; from < 2500; from += 500) {
        await Promise.resolve()
        yield Array.from({ length: 500 }, (_, n): Put => putOf(`a${from + n}`, from + n + 1, title))
      }
    },
  })
  const putOf = (id: string, v: number, title: string): Put => ({
    op: 'put',
    v,
    id,
    kind: 'article',
    record: article(id, title),
    body: { sha256: '0'.repeat(64), bytes: 2 },
    files: [],
    titleOnly: true,
  })
  const [one, other] = [indexedDbStore(databaseName, QUIET), indexedDbStore(databaseName, QUIET)]
  await Promise.all([one.cursor(), other.cursor()])
  const kept = await Promise.all([
    one.replaceAll(list('甲', 2500), undefined),
    other.replaceAll(list('乙', 2501), undefined),
  ])
  expect(kept.filter(Boolean)).toHaveLength(1)
  const { rows } = await one.page('article', undefined, 9999)
  expect(new Set(rows.map((row) => row.record['title']))).toEqual(new Set([kept[0] ? '甲' : '乙']))
  expect((await other.changedAfter(-1, 9999)).rows).toHaveLength(2500)
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
