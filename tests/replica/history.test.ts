import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { canonical } from './model-feed.ts'
import { modelOrigin } from './model/model-origin.ts'
import { run } from './model/run.ts'
import { Statistics } from './model/statistics.ts'
import { histories } from './model/steps.ts'
import { whileTime } from '../support/while-time.ts'
import { contentOf, setUp } from './phone.ts'
import { article } from './records.ts'

/** Ms after which no further history begins. */
const BUDGET = 25_000

/** Takes the lock between tabs away, for correctness must not rest on it. @returns gives it back */
function withoutLocks(): () => void {
  const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks')
  Object.defineProperty(Navigator.prototype, 'locks', { configurable: true, value: undefined })
  return () => {
    if (locks !== undefined) Object.defineProperty(Navigator.prototype, 'locks', locks)
  }
}

test.each([
  ['the same histories every time', 20261126],
  ['new ones, whose seed is told when they fail', undefined],
])(
  "whatever is published and whatever goes wrong: never a mixed copy, and in the end the feed's own: %s",
  async (_which, seed) => {
    // Dexie warns of every failure that a history provokes.
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const giveLocksBack = withoutLocks()
    onTestFinished(() => {
      warn.mockRestore()
      giveLocksBack()
    })
    const statistics = new Statistics()
    await fc.assert(
      fc.asyncProperty(
        histories({ steps: 30, writers: 4, before: 20 }),
        whileTime(BUDGET, (history) => run(history, modelOrigin(history), statistics)),
      ),
      { ...(seed === undefined ? {} : { seed }), numRuns: 100 },
    )
    console.log(`${statistics.histories} histories, ${statistics.checks} copies and ${statistics.texts} texts checked`)
    expect(statistics.histories).toBeGreaterThan(0)
    expect(statistics.crashes).toBeGreaterThan(0)
    expect(statistics.texts).toBeGreaterThan(0)
  },
  120_000,
)

test('two replicas that fill one database at the same moment leave one whole copy', async () => {
  for (let round = 0; round < 10; round++) {
    const { feed, open } = setUp()
    for (let n = 0; n < 9; n++) feed.put(article(`a${n}`, `第${n}篇`))
    if (round % 2 === 1) feed.takeList()
    const replicas = [open(), open(), open()]
    const giveLocksBack = withoutLocks()
    const outcomes = await Promise.all(replicas.map((replica) => replica.sync()))
    giveLocksBack()
    expect(outcomes).toContain('updated')
    for (const replica of replicas) {
      await replica.sync()
      expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
    }
  }
})
