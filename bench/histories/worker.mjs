import fc from 'fast-check'
import { run } from '../../tests/replica/model/run.ts'
import { Statistics } from '../../tests/replica/model/statistics.ts'
import { histories } from '../../tests/replica/model/steps.ts'
import { serverOrigin } from '../../tests/server/server-origin.ts'
import { useMemory } from '../lib/storage.mjs'
import { SIZE } from './size.mjs'
import { openConnections } from './stores.mjs'

/** Histories of a batch, which is told of as one. */
const BATCH = 10

useMemory()
// What libraries tell of the failures that a history provokes.
console.error = () => {}
process.once('disconnect', () => process.exit())
process.on('message', async ({ settings, seed }) => {
  const statistics = new Statistics()
  const { databases, close } = await openConnections(settings, SIZE.writers)
  const search = fc.asyncProperty(histories(SIZE), async (history) =>
    run(history, await serverOrigin(databases), statistics),
  )
  const details = await fc.check(search, { seed, numRuns: BATCH, includeErrorInReport: true })
  await close()
  process.send({ statistics, failure: details.failed ? fc.defaultReportMessage(details) : undefined })
})
