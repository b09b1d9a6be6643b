import type { RecordKind } from '#domain/record/kind.ts'
import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

/** What the public may know of a record. One that waits in review is as unknown as one that never was. */
export type PublicStatus = 'published' | 'withdrawn' | 'unknown'

/**
 * Whether a record's page exists.
 * @param kind kind of the page asked for: a record of another kind is unknown there
 */
export async function recordStatus(db: Kysely<Schema>, kind: RecordKind, id: string): Promise<PublicStatus> {
  const row = await db.selectFrom('record').select(['kind', 'status']).where('id', '=', id).executeTakeFirst()
  return row?.kind === kind && row.status !== 'review' ? row.status : 'unknown'
}
