import type { Kysely } from 'kysely'
import type { MediaRow, Schema } from '../db/schema.ts'

const NAMES_PER_QUERY = 500

/** What a request for a made file is answered with. */
export type MadeFile = Pick<MediaRow, 'type' | 'bytes'>

/** @param name what follows `/media/` in the address */
export async function findMedia(db: Kysely<Schema>, name: string): Promise<MadeFile | undefined> {
  return db.selectFrom('media').select(['type', 'bytes']).where('name', '=', name).executeTakeFirst()
}

/** Those of these names that are stored already, so that nothing is made twice. */
export async function storedNames(db: Kysely<Schema>, names: readonly string[]): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let from = 0; from < names.length; from += NAMES_PER_QUERY) {
    const some = names.slice(from, from + NAMES_PER_QUERY)
    for (const { name } of await db.selectFrom('media').select('name').where('name', 'in', some).execute())
      stored.add(name)
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
