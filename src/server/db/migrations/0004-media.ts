import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../database.ts'

/** Pictures made from the content at publishing time, so that every process answers what one of them made. */
export async function createMedia(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('media')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('bytes', dialect === 'postgres' ? sql`bytea` : 'blob', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
}
