import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Replica } from '#replica/replica.ts'
import { dropDatabase, failWrites } from './idb-faults.ts'
import { canonical, type ModelFeed } from './model-feed.ts'
import { captivePortal, cutShort, type Fault, json, noNetwork, withoutQuery } from './network.ts'
import { contentOf, setUp, stateOf } from './phone.ts'
import { article, park } from './records.ts'

const FAULTS = ['none', 'offline', 'portal', 'cut', 'damaged', 'staleHead', 'staleEverything', 'full', 'crash'] as const

type Step =
  | { do: 'put'; id: number; isPark: boolean; title: number }
  | { do: 'withdraw'; id: number }
  | { do: 'snapshot' | 'compact' | 'newEpoch' }
  | { do: 'sync'; fault: (typeof FAULTS)[number]; replica: number; after: number }

const put = fc.record({
  do: fc.constant('put' as const),
  id: fc.nat({ max: 7 }),
  isPark: fc.boolean(),
  title: fc.nat({ max: 999 }),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: put },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), id: fc.nat({ max: 7 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('snapshot' as const, 'compact' as const, 'newEpoch' as const) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      fault: fc.constantFrom(...FAULTS),
      replica: fc.nat({ max: 1 }),
      after: fc.nat({ max: 5 }),
    }),
  },
)

function publish(feed: ModelFeed, step: Exclude<Step, { do: 'sync' }>, n: number): void {
  switch (step.do) {
    case 'put':
      return feed.put(
        step.isPark ? park(`r${step.id}`, `园 ${step.title}`) : article(`r${step.id}`, `文 ${step.title}`),
      )
    case 'withdraw':
      return feed.withdraw(`r${step.id}`)
    case 'snapshot':
      return void feed.takeSnapshot()
    case 'compact':
      return feed.compact()
    case 'newEpoch':
      return feed.newEpoch(`e${n + 2}`)
  }
}

/** A fault that begins after some good answers. `past` is an earlier state of the feed's head. */
function networkFault(kind: (typeof FAULTS)[number], after: number, past: string): Fault | undefined {
  let answered = 0
  const then =
    (fault: Fault): Fault =>
    (path, good) =>
      answered++ < after ? undefined : fault(path, good)
  switch (kind) {
    case 'offline':
      return then(noNetwork)
    case 'portal':
      return then(captivePortal)
    case 'cut':
      return then((_, good) => cutShort(good()))
    case 'damaged':
      return then(async (_, good) => json((await good().text()).replace(/"v(?:ersion)?":\d/, '$&7')))
    case 'staleHead':
      return (path) => (path === '/sync/v1/head.json' ? json(past) : undefined)
    case 'staleEverything':
      return (path) => (withoutQuery(path) === '/sync/v1/head.json' ? json(past) : undefined)
    default:
      return undefined
  }
}

/** What is on the phone must be, record by record, a state that the feed was once in. */
async function expectOneWholeState(feed: ModelFeed, replica: Replica): Promise<void> {
  const { ready, epoch, version } = await stateOf(replica)
  const content = await contentOf(replica)
  expect(content).toBe(ready ? feed.history.get(`${epoch}:${version}`) : '')
}

test("whatever is published and whatever goes wrong: never a mixed copy, and in the end the feed's own", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 30 }),
      fc.integer({ min: 1, max: 6 }),
      async (steps, segmentSize) => {
        const { feed, network, databaseName, open } = setUp()
        feed.segmentSize = segmentSize
        const replicas = [open(), open()] as const
        let past = feed.headJson()
        for (const [n, step] of steps.entries()) {
          if (step.do !== 'sync') {
            if (n % 3 === 0) past = feed.headJson()
            publish(feed, step, n)
            continue
          }
          const replica = step.replica === 0 ? replicas[0] : replicas[1]
          const copied = (await stateOf(replica)).ready
          network.fault = networkFault(step.fault, step.after, past)
          // A phone with nothing on it would turn to memory, which is another test's matter.
          const breaks = copied && (step.fault === 'full' || step.fault === 'crash')
          const name = step.fault === 'full' ? 'QuotaExceededError' : 'AbortError'
          const repair = breaks ? failWrites(name, step.after) : () => {}
          await replica.sync()
          repair()
          await expectOneWholeState(feed, replica)
        }
        network.fault = undefined
        expect(['current', 'updated']).toContain(await replicas[0].sync())
        expect(await contentOf(replicas[0])).toBe(canonical(feed.state().values()))
        expect(await replicas[1].sync()).toBe('current')
        expect(await contentOf(replicas[1])).toBe(canonical(feed.state().values()))
        await dropDatabase(databaseName)
      },
    ),
    { numRuns: 60 },
  )
}, 120_000)

test('two replicas that fill one database at the same moment leave one whole copy', async () => {
  for (let round = 0; round < 10; round++) {
    const { feed, open } = setUp()
    for (let n = 0; n < 9; n++) feed.put(article(`a${n}`, `第${n}篇`))
    if (round % 2 === 1) feed.takeSnapshot()
    const replicas = [open(), open(), open()]
    // Without the lock between tabs: correctness must not rest on it.
    const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')
    Object.defineProperty(Navigator.prototype, 'locks', { configurable: true, value: undefined })
    const outcomes = await Promise.all(replicas.map((replica) => replica.sync()))
    if (locks !== undefined) Object.defineProperty(Navigator.prototype, 'locks', locks)
    expect(outcomes).toContain('updated')
    for (const replica of replicas) {
      await replica.sync()
      expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
    }
  }
})
