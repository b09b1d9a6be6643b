import { type Kysely, sql } from 'kysely'
import type { MediaRow, Schema } from '../db/schema.ts'

const NAMES_PER_QUERY = 500

/** What a request for a made file is answered with. */
export type MadeFile = Pick<MediaRow, 'type' | 'bytes'>

/** @param name what follows `/media/` in the address */
export async function findMedia(db: Kysely<Schema>, name: string): Promise<MadeFile | undefined> {
  return db.selectFrom('media').select(['type', 'bytes']).where('name', '=', name).executeTakeFirst()
}

/** Those of these names that are stored already, so that nothing is made twice, with the size of each in bytes. */
export async function storedSizes(db: Kysely<Schema>, names: readonly string[]): Promise<Map<string, number>> {
  const stored = new Map<string, number>()
  for (let from = 0; from < names.length; from += NAMES_PER_QUERY) {
    const some = names.slice(from, from + NAMES_PER_QUERY)
    const size = sql<number>`length(bytes)`.as('size')
    for (const row of await db.selectFrom('media').select(['name', size]).where('name', 'in', some).execute())
      stored.set(row.name, row.size)
  }
  return stored
}

/** Stores a file. The name says what it is made from, so that one stored before, by another process too, stays. */
export async function storeMedia(db: Kysely<Schema>, file: MediaRow): Promise<void> {
  await db
    .insertInto('media')
    .values(file)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}
