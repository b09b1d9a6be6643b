import { expect, test } from 'vitest'
import type { Put } from '#domain/feed-v2.ts'
import { exclusively } from '#replica/exclusive.ts'
import { indexedDbStore } from '#replica/indexeddb-store.ts'
import type { ListFile } from '#replica/store.ts'
import { canonical } from './model-feed.ts'
import { listLines } from './model-lines.ts'
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

test('two tabs that bring lists at the same moment: one is kept whole, the other withdraws', async () => {
  const { databaseName } = setUp()
  const list = (title: string, version: number): ListFile => ({
    epoch: 'e1',
    version,
    async *lines() {
      for (let from = 0; from < 2500; from += 500) {
        await Promise.resolve()
        yield listLines(Array.from({ length: 500 }, (_, n) => putOf(`a${from + n}`, from + n + 1, title)))
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
  const { rows } = await other.page('article', undefined, 9999)
  expect(rows).toHaveLength(2500)
  expect(new Set(rows.map((row) => row.record['title']))).toEqual(new Set([kept[0] ? '甲' : '乙']))
})

test('two tabs on a slow line, where a list takes longer than one waits for the other, both end with it, and fetch it once each', async () => {
  const { feed, network, open } = setUp()
  for (let n = 0; n < 30; n++) feed.put(article(`a${n}`, `第${n}篇`))
  feed.takeList()
  let lists = 0
  network.fault = async (path, good) => {
    if (!path.includes('/lists/')) return good()
    lists += 1
    return slowed(good(), 1000)
  }
  const [here, there] = [open({ patienceMs: 300 }), open({ patienceMs: 300 })]
  const outcomes = await Promise.all([here.sync(), there.sync()])
  expect(outcomes.every((outcome) => ['updated', 'current'].includes(outcome))).toBe(true)
  expect(lists).toBeLessThanOrEqual(2)
  expect(await contentOf(there)).toBe(canonical(feed.state().values()))
})

/** The same, delivered bit by bit. */
async function slowed(good: Response, ms: number): Promise<Response> {
  const bytes = new Uint8Array(await good.arrayBuffer())
  const step = Math.ceil(bytes.length / 10)
  let from = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, ms / 10))
      controller.enqueue(bytes.slice(from, (from += step)))
      if (from >= bytes.length) controller.close()
    },
  })
  return new Response(body)
}

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
