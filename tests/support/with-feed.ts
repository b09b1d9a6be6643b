import { migrate } from '#server/db/migrate.ts'
import type { Database } from '#server/db/database.ts'
import { openDatabase } from '#server/db/open.ts'
import type { RunningServer } from './server.ts'

/** Works in the database of a running server, as a command does. */
export async function withFeed(
  { dataDir }: RunningServer,
  work: (database: Database) => Promise<unknown>,
): Promise<void> {
  const database = await openDatabase({ dataDir })
  await migrate(database)
  await work(database)
  await database.close()
}
