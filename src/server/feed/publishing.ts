import { sql, type Transaction } from 'kysely'
import type { RecordKind } from '#domain/record/kind.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'

/** A change that waits for its version. */
export type Draft =
  { op: 'put'; id: string; kind: RecordKind; json: string } | { op: 'del'; id: string; kind: RecordKind; json: null }

/** Rows in one INSERT: well under SQLite's 32,766 parameters. */
const ROWS_PER_INSERT = 1000

/**
 * Runs a transaction that publishes. Publishers queue at the `turn` row, so that each decides on what the one before left.
 * The drafts then take the next versions of the `feed` row, which is updated last: the order of versions is the order of
 * commits and there are no gaps, so that a reader at version v has seen everything up to v.
 * @param work reads, writes records and adds to `drafts`
 * @param now milliseconds since 1970 (UTC)
 */
export async function publishing<T>(
  database: Database,
  now: number,
  work: (trx: Transaction<Schema>, drafts: Draft[]) => Promise<T>,
): Promise<T> {
  return database.db.transaction().execute(async (trx) => {
    await advance(trx, 'turn', 1)
    const drafts: Draft[] = []
    const result = await work(trx, drafts)
    if (drafts.length > 0) await append(trx, drafts, now)
    return result
  })
}

async function append(trx: Transaction<Schema>, drafts: readonly Draft[], now: number): Promise<void> {
  const before = (await advance(trx, 'feed', drafts.length)) - drafts.length
  const changes = drafts.map((draft, index) => ({ v: before + index + 1, ...draft, at: now }))
  for (let from = 0; from < changes.length; from += ROWS_PER_INSERT) {
    await trx
      .insertInto('change')
      .values(changes.slice(from, from + ROWS_PER_INSERT))
      .execute()
  }
}

/** @returns the counter's new value */
async function advance(trx: Transaction<Schema>, name: 'feed' | 'turn', by: number): Promise<number> {
  const { value } = await trx
    .updateTable('counter')
    .set({ value: sql<number>`value + ${sql.lit(by)}` })
    .where('name', '=', name)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
