import type { Kysely } from 'kysely'
import type { Schema, WaitingRow } from '../db/schema.ts'

/** The versions of published records that wait, by id. */
export async function findWaiting(db: Kysely<Schema>): Promise<Map<string, WaitingRow>> {
  const rows = await db.selectFrom('waiting').selectAll().execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Writes what waits beside a published record from now on.
 * @param row undefined when nothing does any more
 */
export async function writeWaiting(db: Kysely<Schema>, id: string, row: WaitingRow | undefined): Promise<void> {
  await db.deleteFrom('waiting').where('id', '=', id).execute()
  if (row !== undefined) await db.insertInto('waiting').values(row).execute()
}
