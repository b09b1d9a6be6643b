import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../database.ts'

/** Inquiries, their receipts and timelines. */
export async function createInquiries(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('inquiry')
    .addColumn('submission_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('schema_version', 'integer', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('key_hash', 'text', (column) => column.notNull())
    .addColumn('body', dialect === 'postgres' ? sql`bytea` : 'blob')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('reply_due_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('inquiry_received_at').on('inquiry').column('received_at').execute()
  await db.schema
    .createTable('receipt')
    .addColumn('submission_id', 'text', (column) => column.primaryKey().notNull().references('inquiry.submission_id'))
    .addColumn('receipt_no', 'text', (column) => column.notNull().unique())
    .addColumn('json', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('inquiry_event')
    .addColumn('submission_id', 'text', (column) => column.notNull().references('inquiry.submission_id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('inquiry_event_pk', ['submission_id', 'seq'])
    .execute()
}
