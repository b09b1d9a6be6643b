import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { dropAllBut } from '../media/unused.ts'
import { forgetPack } from './loaded-pack.ts'
import { publishing } from './publishing.ts'
import { byId } from './records.ts'

/** The name of this history of changes. Another epoch tells phones to start over. */
export async function readEpoch({ db }: Database): Promise<string> {
  const { value } = await db.selectFrom('meta').select('value').where('name', '=', 'epoch').executeTakeFirstOrThrow()
  return value
}

/**
 * Holds the epoch until the transaction ends, so that nothing of an old one is written into a new one.
 * @returns false when another epoch has begun
 */
export async function holdEpoch(trx: Transaction<Schema>, epoch: string): Promise<boolean> {
  const held = await trx
    .updateTable('meta')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', 'epoch')
    .where('value', '=', epoch)
    .returning('value')
    .executeTakeFirst()
  return held !== undefined
}

/**
 * Begins a new epoch, in one transaction: the log of changes starts anew at version 1 with what is published now, and nothing
 * of the old one is answered any more, withdrawn text and the pictures made of it included. Phones take a fresh snapshot. Versions may be used again, for
 * every address but the head's holds the epoch.
 * @param now milliseconds since 1970 (UTC)
 */
export async function startEpoch(database: Database, now: number): Promise<{ epoch: string; records: number }> {
  return publishing(database, now, async (trx, drafts) => {
    const epoch = randomBytes(8).toString('hex')
    await trx.updateTable('meta').set({ value: epoch }).where('name', '=', 'epoch').execute()
    await trx.deleteFrom('snapshot').execute()
    await trx.deleteFrom('list_snapshot').execute()
    await trx.deleteFrom('change').execute()
    await trx.updateTable('counter').set({ value: 0 }).where('name', '=', 'feed').execute()
    const published = await trx
      .selectFrom('record')
      .select(['id', 'kind', 'json'])
      .where('status', '=', 'published')
      .execute()
    await dropAllBut(trx, published)
    await forgetPack(trx)
    drafts.push(...published.sort(byId).map(({ id, kind, json }) => ({ op: 'put' as const, id, kind, json })))
    return { epoch, records: published.length }
  })
}
