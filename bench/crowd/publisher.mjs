import { migrate } from '../../src/server/db/migrate.ts'
import { openDatabase } from '../../src/server/db/open.ts'
import { withdrawRecords } from '../../src/server/feed/review.ts'
import { dayOfChanges } from '../../src/server/synthetic/day-of-changes.ts'
import { publishSynthetic } from '../../src/server/synthetic/publish.ts'
import { syntheticRecords } from '../../src/server/synthetic/records.ts'

const SEED = 1
const CHANGES = 20

/** Fills a database with invented records, and publishes a day's changes whenever it is told to. */
export async function openPublisher(dataDir, count) {
  const database = await openDatabase({ dataDir })
  await migrate(database)
  await publishSynthetic(database, syntheticRecords({ seed: SEED }, count), Date.now())
  let day = 0
  return {
    get days() {
      return day
    },
    async publish() {
      day += 1
      const { put, withdraw } = dayOfChanges({ seed: SEED, count, changes: CHANGES, day })
      await publishSynthetic(database, put, Date.now())
      await withdrawRecords(database, withdraw, Date.now())
    },
    close: () => database.close(),
  }
}
