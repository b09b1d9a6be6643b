import * as v from 'valibot'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import type { Doubt } from '#ingest/result.ts'
import type { Database } from '../db/database.ts'
import type { RecordRow, RecordStatus } from '../db/schema.ts'
import { type Draft, publishing } from './publishing.ts'
import { byId, findRecords, writeRecord } from './records.ts'

/** A record an officer should look at: one that waits, or a published one with remarks. */
export interface ReviewEntry {
  record: ContentRecord
  reasons: Doubt[]
  status: RecordStatus
}

const DoubtsSchema = v.array(v.object({ code: v.string(), message: v.string() }))

/** What waits for an officer, and what is published with remarks nobody has settled; waiting ones first, then by id. */
export async function listReview({ db }: Database): Promise<ReviewEntry[]> {
  const rows = await db
    .selectFrom('record')
    .selectAll()
    .where((where) =>
      where.or([where('status', '=', 'review'), where.and([where('status', '=', 'published'), where('doubts', '!=', '[]')])]),
    )
    .execute()
  const waitingFirst = (row: RecordRow) => (row.status === 'review' ? 0 : 1)
  return rows
    .sort((a, b) => waitingFirst(a) - waitingFirst(b) || byId(a, b))
    .map(({ json, doubts, status }) => ({
      record: v.parse(ContentRecordSchema, JSON.parse(json)),
      reasons: v.parse(DoubtsSchema, JSON.parse(doubts)),
      status,
    }))
}

export type PublishOutcome = 'published' | 'alreadyPublished' | 'unknown'
export type WithdrawOutcome = 'withdrawn' | 'alreadyWithdrawn' | 'unknown'

/**
 * Publishes records by an officer's decision, in one transaction. Their remarks count as settled.
 * @param now milliseconds since 1970 (UTC)
 */
export async function publishRecords(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<{ id: string; outcome: PublishOutcome }[]> {
  return decideEach(database, ids, now, (row, drafts) => {
    const { id, kind, json } = row
    const outcome = row.status === 'published' ? 'alreadyPublished' : 'published'
    if (outcome === 'published') drafts.push({ op: 'put', id, kind, json })
    return { outcome, row: { ...row, status: 'published', doubts: '[]', updated_at: now, decided_at: now } }
  })
}

/**
 * Withdraws records by an officer's decision, in one transaction. Imports and the starter content do not bring them back.
 * @param now milliseconds since 1970 (UTC)
 */
export async function withdrawRecords(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<{ id: string; outcome: WithdrawOutcome }[]> {
  return decideEach(database, ids, now, (row, drafts) => {
    if (row.status === 'published') drafts.push({ op: 'del', id: row.id, kind: row.kind, json: null })
    return {
      outcome: row.status === 'withdrawn' ? 'alreadyWithdrawn' : 'withdrawn',
      row: { ...row, status: 'withdrawn', updated_at: now, decided_at: now },
    }
  })
}

async function decideEach<T extends string>(
  database: Database,
  ids: readonly string[],
  now: number,
  change: (row: RecordRow, drafts: Draft[]) => { outcome: T; row: RecordRow },
): Promise<{ id: string; outcome: T | 'unknown' }[]> {
  return publishing(database, now, async (trx, drafts) => {
    const stored = await findRecords(trx, ids)
    const outcomes: { id: string; outcome: T | 'unknown' }[] = []
    for (const id of ids) {
      const row = stored.get(id)
      if (row === undefined) {
        outcomes.push({ id, outcome: 'unknown' })
        continue
      }
      const decided = change(row, drafts)
      await writeRecord(trx, decided.row)
      stored.set(id, decided.row)
      outcomes.push({ id, outcome: decided.outcome })
    }
    return outcomes
  })
}
