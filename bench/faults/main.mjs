import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { run } from '../../tests/outbox/model/run.ts'
import { Statistics } from '../../tests/outbox/model/statistics.ts'
import { sequences } from '../../tests/outbox/model/steps.ts'
import { conditions, versionOf } from '../lib/machine.mjs'
import { report } from './report.mjs'
import { useMemory } from './storage.mjs'

/** Most steps of one sequence. */
const LENGTH = 120

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const steps = Number(values.steps)
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)

useMemory()
const statistics = new Statistics()
const start = performance.now()
let told = start
for (let batch = 0; statistics.steps < steps; batch += 1) {
  await fc.assert(
    fc.asyncProperty(sequences(LENGTH), (sequence) => run(sequence, statistics)),
    { seed: (seed + batch) | 0, numRuns: 10 },
  )
  if (performance.now() - told < 10_000) continue
  told = performance.now()
  console.error(`${statistics.steps} steps …`)
}
const seconds = (performance.now() - start) / 1000

console.log(`## Faults

${conditions([versionOf('fake-indexeddb')])}
The model of tests/outbox/model in Node, on an IndexedDB in memory; seed ${seed}, sequences of up to ${LENGTH} steps. Every promise is
checked after each step at rest, and at the end of each sequence when the weather has cleared. It stops at the first that is broken.

${report(statistics, seconds)}
`)
