import { type Migration, Migrator } from 'kysely'
import type { Database, Dialect } from './database.ts'
import { NewerDatabaseError } from './errors.ts'
import { createContent } from './migrations/0001-content.ts'
import { createInquiries } from './migrations/0002-inquiries.ts'
import { createWaiting } from './migrations/0003-waiting.ts'
import { createMedia } from './migrations/0004-media.ts'
import { createParts } from './migrations/0005-parts.ts'
import { createListSnapshots } from './migrations/0006-list-snapshots.ts'

/** Named after us: a PostgreSQL database may be shared with another program that uses the same library. */
const MIGRATION_TABLE = 'luodi_migration'

/** Every migration ever released, by name; a new one goes last and is never edited afterwards. */
function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '0001-content': { up: createContent },
    '0002-inquiries': { up: (db) => createInquiries(db, dialect) },
    '0003-waiting': { up: createWaiting },
    '0004-media': { up: (db) => createMedia(db, dialect) },
    '0005-parts': { up: createParts },
    '0006-list-snapshots': { up: createListSnapshots },
  }
}

/**
 * Brings the database to this release's tables. Each run is one transaction, so that a crash leaves the old state or the
 * new one; of two processes starting at once the second waits and finds nothing to do.
 * @throws NewerDatabaseError when the database holds a migration this release does not know; nothing is touched
 */
export async function migrate(database: Database): Promise<void> {
  const known = migrations(database.dialect)
  const unknown = (await appliedMigrations(database)).filter((name) => !(name in known))
  if (unknown.length > 0) throw new NewerDatabaseError(unknown)
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: () => Promise.resolve(known) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error('The migration failed', { cause: error })
}

async function appliedMigrations({ db }: Database): Promise<string[]> {
  const tables = await db.introspection.getTables()
  if (!tables.some((table) => table.name === MIGRATION_TABLE)) return []
  const applied = db.withTables<{ [MIGRATION_TABLE]: { name: string } }>()
  const rows = await applied.selectFrom(MIGRATION_TABLE).select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}
