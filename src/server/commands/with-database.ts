import type { Database } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { databaseSettings, readEnv } from '../env.ts'

/**
 * Does something with the database of the server, which may be running, and closes it again.
 * @throws StartupError when it cannot be opened
 */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(databaseSettings(readEnv(process.env)))
  try {
    await migrate(database)
    return await work(database)
  } finally {
    await database.close()
  }
}
