import type { Transaction } from 'kysely'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import { replyDueAt } from '#domain/working-days.ts'
import type { InquiryRow, Schema } from '../db/schema.ts'
import type { Timed } from './arrival.ts'
import { announceParts } from './part-rows.ts'
import { type Draft, issueReceipts, numbersFrom } from './receipts.ts'
import { lostReceipt } from './shown-receipt.ts'
import { hashKey } from './tracking-key.ts'

/** An inquiry with the times and the numbers of its receipt. */
interface Candidate extends Timed {
  draft: Draft
}

/**
 * Stores those of some inquiries whose ids are free: row, receipt, first event and list of files.
 * @param timed of different ids
 * @returns the texts of the receipts, by id
 */
export async function storeNew(trx: Transaction<Schema>, timed: readonly Timed[]): Promise<Map<string, string>> {
  const candidates: Candidate[] = []
  for (const one of timed) candidates.push({ ...one, draft: draftOf(one, await lostReceipt(trx, one.arrival)) })
  const inserted = await trx
    .insertInto('inquiry')
    .values(candidates.map(inquiryRow).sort(byId))
    .onConflict((conflict) => conflict.column('submission_id').doNothing())
    .returning(['submission_id', 'state', 'received_at'])
    .execute()
  if (inserted.length === 0) return new Map()
  const ids = new Set(inserted.map(({ submission_id: id }) => id))
  const stored = candidates.filter(({ arrival }) => ids.has(arrival.submissionId))
  const receipts = await issueReceipts(
    trx,
    stored.map(({ draft }) => draft),
  )
  const events = inserted.map(({ submission_id, state, received_at: at }) => ({ submission_id, seq: 1, state, at }))
  await trx.insertInto('inquiry_event').values(events).execute()
  await announceParts(
    trx,
    stored.map(({ arrival }) => arrival),
  )
  return receipts
}

function draftOf({ arrival: { submissionId, digest }, now }: Timed, lost: Receipt | undefined): Draft {
  const times = lost ?? { receivedAt: iso(now), replyDueAt: iso(replyDueAt(now)) }
  const { receivedAt, replyDueAt: dueAt } = times
  return { submissionId, digest, receivedAt, replyDueAt: dueAt, numbers: numbersFrom(lost?.receiptNo) }
}

function inquiryRow({ arrival, draft }: Candidate): InquiryRow {
  const { submissionId, bytes, digest, inquiry } = arrival
  return {
    submission_id: submissionId,
    type: inquiry.type,
    schema_version: inquiry.schemaVersion,
    digest,
    key_hash: hashKey(inquiry.trackingKey),
    body: Buffer.from(bytes),
    state: '已送达',
    received_at: Date.parse(draft.receivedAt),
    reply_due_at: Date.parse(draft.replyDueAt),
  }
}

/** Two processes that are sent the same ids at once wait for each other in one order, and never in a circle. */
function byId(a: InquiryRow, b: InquiryRow): number {
  return a.submission_id < b.submission_id ? -1 : 1
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
