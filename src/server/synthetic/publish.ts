import type { ContentRecord } from '#domain/record/record.ts'
import type { Database } from '../db/database.ts'
import { publishing } from '../feed/publishing.ts'
import { takeIn } from '../feed/take-in.ts'

/** Records published in one transaction. Other writers wait that long. */
const BATCH = 2500

/**
 * Publishes invented records as any others are: through the log of changes, in order, many in one transaction.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many there were of each
 */
export async function publishSynthetic(
  database: Database,
  records: Iterable<ContentRecord>,
  now: number,
): Promise<{ added: number; updated: number; unchanged: number }> {
  const total = { added: 0, updated: 0, unchanged: 0 }
  for (const batch of batches(records)) {
    const incoming = batch.map((record) => ({ record, origin: 'synthetic' as const, held: false, doubts: [] }))
    const outcome = await publishing(database, now, (trx, drafts) => takeIn(trx, drafts, incoming, now))
    total.added += outcome.added.length
    total.updated += outcome.updated.length
    total.unchanged += outcome.unchanged.length
  }
  return total
}

function* batches(records: Iterable<ContentRecord>): Generator<ContentRecord[]> {
  let batch: ContentRecord[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
