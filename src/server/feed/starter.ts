import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import * as v from 'valibot'
import { canonicalJson } from '#domain/canonical-json.ts'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import type { SizedPictures } from '../media/sized-pictures.ts'
import { loadedPack, rememberPack } from './loaded-pack.ts'
import { type Draft, publishing } from './publishing.ts'
import { byId, writeRecord } from './records.ts'
import { type StoreOutcome, takeIn } from './take-in.ts'

/**
 * Publishes the starter content. What was imported, or withdrawn by an officer, is left alone; a starter record that is no
 * longer in the pack is withdrawn, and listed under `updated`. A pack that is loaded already costs one query.
 * @param now milliseconds since 1970 (UTC)
 * @param pictures makes them before the records that show them are published; without it they stay as they are
 * @throws ContentFileError for a picture that cannot be made; nothing is published then
 */
export async function loadStarter(
  database: Database,
  records: readonly ContentRecord[],
  now: number,
  pictures?: SizedPictures,
): Promise<StoreOutcome> {
  const digest = packDigest(records, await pictures?.fingerprint(records))
  if ((await loadedPack(database.db)) === digest) {
    return { added: [], updated: [], unchanged: records.map(({ id }) => id), held: [] }
  }
  const illustrated = (await pictures?.apply(records, now)) ?? records
  const incoming = illustrated.map((record) => ({
    record: v.parse(ContentRecordSchema, record),
    origin: 'starter' as const,
    doubts: [],
    held: false,
  }))
  return publishing(database, now, async (trx, drafts) => {
    const outcome = await takeIn(trx, drafts, incoming, now)
    outcome.updated.push(...(await retireMissing(trx, drafts, new Set(records.map(({ id }) => id)), now)))
    await rememberPack(trx, digest)
    return outcome
  })
}

function packDigest(records: readonly ContentRecord[], pictures = ''): string {
  return createHash('sha256')
    .update(canonicalJson([...records].sort(byId)))
    .update(pictures)
    .digest('hex')
}

async function retireMissing(
  trx: Transaction<Schema>,
  drafts: Draft[],
  present: ReadonlySet<string>,
  now: number,
): Promise<string[]> {
  const starters = await trx
    .selectFrom('record')
    .selectAll()
    .where('origin', '=', 'starter')
    .where('status', '=', 'published')
    .execute()
  const missing = starters.filter(({ id }) => !present.has(id)).sort(byId)
  for (const row of missing) {
    await writeRecord(trx, { ...row, status: 'withdrawn', updated_at: now, decided_at: null })
    drafts.push({ op: 'del', id: row.id, kind: row.kind, json: null })
  }
  return missing.map(({ id }) => id)
}
