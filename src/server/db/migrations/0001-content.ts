import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'

/** Records, the log of published changes, its counter and the snapshots. */
export async function createContent(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('meta')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('counter')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'bigint', (column) => column.notNull())
    .execute()
  await createRecords(db)
  await createChanges(db)
  await createSnapshots(db)
  await seed(db.withTables<Seeded>())
}

type Seeded = {
  meta: { name: string; value: string }
  counter: { name: string; value: number }
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('record')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('json', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('doubts', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint')
    .execute()
  await db.schema.createIndex('record_status').on('record').column('status').execute()
}

async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('change')
    .addColumn('v', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('op', 'text', (column) => column.notNull())
    .addColumn('json', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('change_id_v').on('change').columns(['id', 'v']).execute()
}

async function createSnapshots(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('snapshot')
    .addColumn('version', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute()
}

/** `feed` numbers the changes; `turn` is the row publishers queue at; the epoch names this history of changes. */
async function seed(db: Kysely<Seeded>): Promise<void> {
  await db
    .insertInto('counter')
    .values([
      { name: 'feed', value: 0 },
      { name: 'turn', value: 0 },
    ])
    .execute()
  await db
    .insertInto('meta')
    .values({ name: 'epoch', value: randomBytes(8).toString('hex') })
    .execute()
}
