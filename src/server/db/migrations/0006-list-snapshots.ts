import type { Kysely } from 'kysely'

/** The lists of everything that phones fill themselves from, beside the snapshots that older ones take. */
export async function createListSnapshots(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('list_snapshot')
    .addColumn('version', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
}
