import type { Transaction } from 'kysely'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import { replyDueAt } from '#domain/working-days.ts'
import type { InquiryEventRow, InquiryRow, Schema } from '../db/schema.ts'
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
 * @param secret that seals the receipts
 * @param timed of different ids
 * @returns the texts of the receipts, by id
 */
export async function storeNew(
  trx: Transaction<Schema>,
  secret: string,
  timed: readonly Timed[],
): Promise<Map<string, string>> {
  const candidates: Candidate[] = []
  for (const one of timed) candidates.push({ ...one, draft: draftOf(one, await lostReceipt(trx, secret, one.arrival)) })
  const stored = await insertThoseFree(trx, candidates)
  if (stored.length === 0) return new Map()
  const drafts = stored.map(({ draft }) => draft)
  const receipts = await issueReceipts(trx, secret, drafts)
  await trx.insertInto('inquiry_event').values(drafts.map(firstEvent)).execute()
  const letters = stored.map(({ arrival }) => arrival)
  await announceParts(trx, letters)
  return receipts
}

async function insertThoseFree(
  trx: Transaction<Schema>,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const rows = candidates.map(inquiryRow).sort(byId)
  const { numInsertedOrUpdatedRows: count } = await trx
    .insertInto('inquiry')
    .values(rows)
    .onConflict((conflict) => conflict.column('submission_id').doNothing())
    .executeTakeFirstOrThrow()
  if (count === BigInt(rows.length)) return candidates
  // An id that was taken has its receipt, for that came with it and is never deleted; those just stored have none yet.
  const ids = rows.map(({ submission_id: id }) => id)
  const receipts = await trx.selectFrom('receipt').select('submission_id').where('submission_id', 'in', ids).execute()
  const taken = new Set(receipts.map(({ submission_id: id }) => id))
  return candidates.filter(({ arrival }) => !taken.has(arrival.submissionId))
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

function firstEvent({ submissionId, receivedAt }: Draft): InquiryEventRow {
  return { submission_id: submissionId, seq: 1, state: '已送达', at: Date.parse(receivedAt) }
}

/** Two processes that are sent the same ids at once wait for each other in one order, and never in a circle. */
function byId(a: InquiryRow, b: InquiryRow): number {
  return a.submission_id < b.submission_id ? -1 : 1
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
