import type { Kysely, Transaction } from 'kysely'
import * as v from 'valibot'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import type { InquiryState, InquiryStatus } from '#domain/inquiry/status.ts'
import type { InquiryRow, Schema } from '../db/schema.ts'
import { dropParts, partsOf } from './part-rows.ts'

/**
 * Where an inquiry stands, as its sender may see it. The inquiry must exist. The state is that of the newest event, so that
 * the two agree even while an officer is at work.
 */
export async function statusOf(db: Kysely<Schema>, submissionId: string): Promise<InquiryStatus> {
  const { json } = await db
    .selectFrom('receipt')
    .select('json')
    .where('submission_id', '=', submissionId)
    .executeTakeFirstOrThrow()
  const { receiptNo, receivedAt, replyDueAt } = v.parse(ReceiptSchema, JSON.parse(json))
  const timeline = await timelineOf(db, submissionId)
  const state = timeline.at(-1)?.state
  if (state === undefined) throw new Error('An inquiry is stored without its first event')
  const missing = (await partsOf(db, submissionId)).filter((part) => part.complete_at === null)
  const missingParts = missing.map(({ sha256 }) => sha256)
  const status = { submissionId, receiptNo, state, receivedAt, replyDueAt, timeline }
  return missingParts.length === 0 || state === '已撤回' ? status : { ...status, missingParts }
}

async function timelineOf(db: Kysely<Schema>, submissionId: string): Promise<InquiryStatus['timeline']> {
  const events = await db
    .selectFrom('inquiry_event')
    .select(['state', 'at'])
    .where('submission_id', '=', submissionId)
    .orderBy('seq')
    .execute()
  return events.map(({ state, at }) => ({ state, at: new Date(at).toISOString() }))
}

/**
 * Moves an inquiry on: its row first, which makes whoever else moves the same one wait, then the timeline.
 * @param changes of the row, with the new state
 * @param now milliseconds since 1970 (UTC)
 */
export async function moveTo(
  trx: Transaction<Schema>,
  submissionId: string,
  changes: Partial<InquiryRow> & { state: InquiryState },
  now: number,
): Promise<void> {
  await trx.updateTable('inquiry').set(changes).where('submission_id', '=', submissionId).execute()
  const { last } = await trx
    .selectFrom('inquiry_event')
    .select(({ fn }) => fn.max('seq').as('last'))
    .where('submission_id', '=', submissionId)
    .executeTakeFirstOrThrow()
  const event = { submission_id: submissionId, seq: last + 1, state: changes.state, at: now }
  await trx.insertInto('inquiry_event').values(event).execute()
}

/**
 * The present state, held: nobody else moves this inquiry before the transaction ends.
 * @returns undefined when there is no such inquiry
 */
export async function holdState(trx: Transaction<Schema>, submissionId: string): Promise<InquiryState | undefined> {
  const held = await trx
    .updateTable('inquiry')
    .set((row) => ({ state: row.ref('state') }))
    .where('submission_id', '=', submissionId)
    .returning('state')
    .executeTakeFirst()
  return held?.state
}

/**
 * 撤回: erases what was written and the files with it, and keeps digest, receipt and timeline. Doing it again changes nothing.
 * @param now milliseconds since 1970 (UTC)
 * @returns what is to be deleted from the attachment store once the transaction is committed
 */
export async function withdraw(trx: Transaction<Schema>, submissionId: string, now: number): Promise<string[]> {
  if ((await holdState(trx, submissionId)) !== '已撤回')
    await moveTo(trx, submissionId, { state: '已撤回', body: null }, now)
  return dropParts(trx, submissionId)
}
