import fc from 'fast-check'
import { run } from '../../tests/outbox/model/run.ts'
import { Statistics } from '../../tests/outbox/model/statistics.ts'
import { sequences } from '../../tests/outbox/model/steps.ts'
import { useMemory } from '../lib/storage.mjs'

/** Most steps of one sequence. */
const LENGTH = 120
/** Sequences of a batch, which is told of as one. */
const BATCH = 10

// Every batch has a seed of its own: how many processes share them changes nothing in any.
useMemory()
process.once('disconnect', () => process.exit())
process.on('message', async (seed) => {
  const statistics = new Statistics()
  const search = fc.asyncProperty(sequences(LENGTH), (sequence) => run(sequence, statistics))
  const details = await fc.check(search, { seed, numRuns: BATCH, includeErrorInReport: true })
  process.send({ statistics, failure: details.failed ? fc.defaultReportMessage(details) : undefined })
})
