import * as v from 'valibot'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import type { Doubt } from '#ingest/result.ts'
import type { Database } from '../db/database.ts'
import type { RecordRow, WaitingRow } from '../db/schema.ts'
import { type Draft, publishing } from './publishing.ts'
import { byId, findRecords, writeRecord } from './records.ts'
import { findWaiting, writeWaiting } from './waiting.ts'

/** A record an officer should look at: one that waits, a newer version of a published one that waits, or a published one with remarks. */
interface ReviewEntry {
  record: ContentRecord
  reasons: Doubt[]
  status: 'review' | 'update' | 'published'
}

const DoubtsSchema = v.array(v.object({ code: v.string(), message: v.string() }))

/** What waits for an officer, and what is published with remarks nobody has settled; waiting ones first, then by id. */
export async function listReview({ db }: Database): Promise<ReviewEntry[]> {
  const stored = await db
    .selectFrom('record')
    .select(['id', 'json', 'doubts', 'status'])
    .where((where) =>
      where.or([
        where('status', '=', 'review'),
        where.and([where('status', '=', 'published'), where('doubts', '!=', '[]')]),
      ]),
    )
    .execute()
  const updates = await db.selectFrom('waiting').select(['id', 'json', 'doubts']).execute()
  return [
    ...stored
      .filter(({ status }) => status === 'review')
      .sort(byId)
      .map((row) => entry(row, 'review')),
    ...updates.sort(byId).map((row) => entry(row, 'update')),
    ...stored
      .filter(({ status }) => status === 'published')
      .sort(byId)
      .map((row) => entry(row, 'published')),
  ]
}

function entry({ json, doubts }: Pick<RecordRow, 'json' | 'doubts'>, status: ReviewEntry['status']): ReviewEntry {
  return {
    record: v.parse(ContentRecordSchema, JSON.parse(json)),
    reasons: v.parse(DoubtsSchema, JSON.parse(doubts)),
    status,
  }
}

type PublishOutcome = 'published' | 'alreadyPublished' | 'unknown'
type WithdrawOutcome = 'withdrawn' | 'alreadyWithdrawn' | 'unknown'

/**
 * Publishes records by an officer's decision, in one transaction: a version that waits takes the place of the published one.
 * Their remarks count as settled.
 * @param now milliseconds since 1970 (UTC)
 */
export async function publishRecords(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<{ id: string; outcome: PublishOutcome }[]> {
  return decideEach(database, ids, now, ({ row, waiting }, drafts) => {
    const { id, kind, origin, json, digest } = waiting ?? row
    const outcome = row.status === 'published' && waiting === undefined ? 'alreadyPublished' : 'published'
    if (outcome === 'published') drafts.push({ op: 'put', id, kind, json })
    const decided = { status: 'published', doubts: '[]', updated_at: now, decided_at: now } as const
    return { outcome, row: { ...row, kind, origin, json, digest, ...decided } }
  })
}

/**
 * Withdraws records by an officer's decision, in one transaction, and drops versions of them that wait. Imports and the starter
 * content do not bring them back.
 * @param now milliseconds since 1970 (UTC)
 */
export async function withdrawRecords(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<{ id: string; outcome: WithdrawOutcome }[]> {
  return decideEach(database, ids, now, ({ row }, drafts) => {
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
  change: (
    stored: { row: RecordRow; waiting: WaitingRow | undefined },
    drafts: Draft[],
  ) => { outcome: T; row: RecordRow },
): Promise<{ id: string; outcome: T | 'unknown' }[]> {
  return publishing(database, now, async (trx, drafts) => {
    const stored = await findRecords(trx, ids)
    const waiting = await findWaiting(trx)
    const outcomes: { id: string; outcome: T | 'unknown' }[] = []
    for (const id of ids) {
      const row = stored.get(id)
      if (row === undefined) {
        outcomes.push({ id, outcome: 'unknown' })
        continue
      }
      const decided = change({ row, waiting: waiting.get(id) }, drafts)
      await writeRecord(trx, decided.row)
      if (waiting.delete(id)) await writeWaiting(trx, id, undefined)
      stored.set(id, decided.row)
      outcomes.push({ id, outcome: decided.outcome })
    }
    return outcomes
  })
}
