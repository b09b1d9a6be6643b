import type { Database } from './database.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

export type { Database } from './database.ts'

/**
 * Opens the database the settings name. Tables are made by `migrate`.
 * @param settings `url` of a PostgreSQL database, or none for the SQLite file in `dataDir`
 * @throws BadDatabaseUrlError, DatabaseUnreachableError, DataDirError: what to do is in the message
 */
export async function openDatabase(settings: { url?: string; dataDir: string }): Promise<Database> {
  return settings.url === undefined ? openSqlite(settings.dataDir) : await openPostgres(settings.url)
}
