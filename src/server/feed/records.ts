import type { Kysely } from 'kysely'
import type { RecordRow, Schema } from '../db/schema.ts'

const IDS_PER_QUERY = 1000

/** The stored rows of these ids; an id that is not stored is missing from the map. */
export async function findRecords(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, RecordRow>> {
  const found = new Map<string, RecordRow>()
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
    const some = ids.slice(from, from + IDS_PER_QUERY)
    for (const row of await db.selectFrom('record').selectAll().where('id', 'in', some).execute())
      found.set(row.id, row)
  }
  return found
}

/** Writes a record's row, new or not. */
export async function writeRecord(db: Kysely<Schema>, row: RecordRow): Promise<void> {
  const { kind, status, origin, json, digest, doubts, updated_at, decided_at } = row
  const changing = { kind, status, origin, json, digest, doubts, updated_at, decided_at }
  await db
    .insertInto('record')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute()
}

/** Order of ids by code unit, which no database's collation can change. */
export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
