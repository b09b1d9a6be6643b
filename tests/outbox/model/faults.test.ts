import fc from 'fast-check'
import { expect, it, onTestFinished, vi } from 'vitest'
import { whileTime } from '../../support/while-time.ts'
import { run } from './run.ts'
import { Statistics } from './statistics.ts'
import { sequences } from './steps.ts'

/** Ms after which no further sequence begins. */
const BUDGET = 30_000

/** Runs sequences of up to forty steps, until one breaks a promise, which is then shown as short as it can be made. */
async function search(seed: number | undefined): Promise<Statistics> {
  const statistics = new Statistics()
  await fc.assert(
    fc.asyncProperty(
      sequences(40),
      whileTime(BUDGET, (sequence) => run(sequence, statistics)),
    ),
    { ...(seed === undefined ? {} : { seed }), numRuns: 80 },
  )
  return statistics
}

it.each([
  ['the same sequences every time', 20260302],
  ['new ones, whose seed is told when they fail', undefined],
])(
  'what is submitted arrives once and is known to have: %s',
  async (_which, seed) => {
    // Dexie warns of every failure that a sequence provokes.
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    onTestFinished(() => warn.mockRestore())
    const statistics = await search(seed)
    console.log(`${statistics.steps} steps, ${statistics.stored} stored`)
    expect(statistics).toMatchObject({ lost: 0, duplicated: 0, stuck: 0 })
    expect(statistics.stored).toBeGreaterThan(0)
    expect(statistics.crashes).toBeGreaterThan(0)
  },
  120_000,
)
