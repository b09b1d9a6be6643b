import type { Transaction } from 'kysely'
import type { Database } from '#server/db/database.ts'
import type { Schema } from '#server/db/schema.ts'

const TABLES = ['meta', 'counter', 'record', 'waiting', 'change', 'snapshot', 'list_snapshot'] as const

/** Everything the feed rests on, as a backup holds it. */
export async function saveFeed({ db }: Database) {
  return db
    .transaction()
    .execute((trx) => Promise.all(TABLES.map(async (table) => ({ table, rows: await all(trx, table) }))))
}

/** Puts a backup in the place of what is there, then does what the guide says comes after it. */
export async function restoreFeed<T>(
  { db }: Database,
  backup: Awaited<ReturnType<typeof saveFeed>>,
  then: () => Promise<T>,
): Promise<T> {
  await db.transaction().execute(async (trx) => {
    for (const { table, rows } of backup) {
      await trx.deleteFrom(table).execute()
      if (rows.length > 0) await trx.insertInto(one(table)).values(rows).execute()
    }
  })
  return then()
}

/** Nothing is published, nor ever was. */
export async function clearFeed({ db }: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const table of ['record', 'waiting', 'change', 'snapshot', 'list_snapshot'] as const)
      await trx.deleteFrom(table).execute()
  })
}

const all = (trx: Transaction<Schema>, table: (typeof TABLES)[number]) =>
  trx.selectFrom(one(table)).selectAll().execute()

/** One type of row stands for all: a row goes as it came. */
const one = (table: (typeof TABLES)[number]) => table as 'record'
