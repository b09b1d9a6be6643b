import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'

/** The files that inquiries announce, the pieces of them that have come, and the secret that seals receipts. */
export async function createParts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('part')
    .addColumn('submission_id', 'text', (column) => column.notNull().references('inquiry.submission_id'))
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('received', 'bigint', (column) => column.notNull())
    .addColumn('complete_at', 'bigint')
    .addPrimaryKeyConstraint('part_pk', ['submission_id', 'sha256'])
    .execute()
  await db.schema
    .createTable('part_chunk')
    .addColumn('blob', 'text', (column) => column.primaryKey().notNull())
    .addColumn('submission_id', 'text', (column) => column.notNull().references('inquiry.submission_id'))
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('start', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('part_chunk_start', ['submission_id', 'sha256', 'start'])
    .execute()
  await db
    .withTables<{ meta: { name: string; value: string } }>()
    .insertInto('meta')
    .values({ name: 'receipt-secret', value: randomBytes(32).toString('base64url') })
    .execute()
}
