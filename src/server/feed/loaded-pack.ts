import type { Kysely } from 'kysely'
import type { Schema } from '../db/schema.ts'

const NAME = 'starter.digest'

/** Digest of the starter content as it was loaded last; undefined when it has to be looked at in any case. */
export async function loadedPack(db: Kysely<Schema>): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', NAME).executeTakeFirst()
  return row?.value
}

/** Remembers what was loaded, in the transaction that loads it. */
export async function rememberPack(db: Kysely<Schema>, digest: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: NAME, value: digest })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: digest }))
    .execute()
}

/** Lets the next start look at the starter content again, and make the pictures that it shows. */
export async function forgetPack(db: Kysely<Schema>): Promise<void> {
  await db.deleteFrom('meta').where('name', '=', NAME).execute()
}
