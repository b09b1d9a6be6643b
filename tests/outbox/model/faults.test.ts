import fc from 'fast-check'
import { expect, it } from 'vitest'
import { run } from './run.ts'
import { Statistics } from './statistics.ts'
import { sequences } from './steps.ts'

it('smoke', async () => {
  const statistics = new Statistics()
  const start = performance.now()
  try {
    await fc.assert(
      fc.asyncProperty(sequences(40), (sequence) => run(sequence, statistics)),
      { seed: 1, numRuns: 30 },
    )
  } finally {
    console.log(
      JSON.stringify({ ...statistics, faults: [...statistics.faults] }),
      (statistics.steps / (performance.now() - start)) * 1000,
    )
  }
  expect(statistics.stored).toBeGreaterThan(0)
}, 600_000)
