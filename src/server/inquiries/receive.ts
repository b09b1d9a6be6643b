import type { Transaction } from 'kysely'
import { replyDueAt } from '#domain/working-days.ts'
import type { Inquiry } from '#domain/inquiry/inquiry.ts'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { announceParts } from './part-rows.ts'
import { issueReceipt, numbersFrom } from './receipts.ts'
import { lostReceipt } from './shown-receipt.ts'
import { hashKey } from './tracking-key.ts'

/** A checked inquiry: the exact bytes, and what they say. */
export interface Arrival {
  /** In lower case. */
  submissionId: string
  bytes: Uint8Array
  /** `Content-Digest` of the bytes. */
  digest: string
  inquiry: Inquiry
  /** The receipt it got before, as the phone shows it. */
  shown?: Receipt | undefined
}

/** `receipt` is the text of the receipt: the same bytes for the first answer and for every later one. */
type Reception = { outcome: 'stored' | 'repeated'; receipt: string } | { outcome: 'conflict' }

/**
 * Stores an inquiry exactly once. The id is unique for ever: the same bytes again get the same receipt, withdrawn or not;
 * other bytes are a conflict. Inquiry, receipt, first event and the list of its files are one transaction. One that this server
 * has lost comes back under the receipt that it shows.
 * @param now milliseconds since 1970 (UTC)
 */
export async function receiveInquiry(database: Database, arrival: Arrival, now: number): Promise<Reception> {
  const { submissionId, bytes, digest, inquiry } = arrival
  return database.db.transaction().execute(async (trx) => {
    const lost = await lostReceipt(trx, arrival)
    const times = lost ?? { receivedAt: iso(now), replyDueAt: iso(replyDueAt(now)) }
    const receivedAt = Date.parse(times.receivedAt)
    const inserted = await trx
      .insertInto('inquiry')
      .values({
        submission_id: submissionId,
        type: inquiry.type,
        schema_version: inquiry.schemaVersion,
        digest,
        key_hash: hashKey(inquiry.trackingKey),
        body: Buffer.from(bytes),
        state: '已送达',
        received_at: receivedAt,
        reply_due_at: Date.parse(times.replyDueAt),
      })
      .onConflict((conflict) => conflict.column('submission_id').doNothing())
      .returning('submission_id')
      .executeTakeFirst()
    // Another connection was first; its transaction is committed by now, for the insert waited for it.
    if (inserted === undefined) return await found(trx, arrival)
    const receipt = await issueReceipt(trx, { ...times, submissionId, digest }, numbersFrom(lost?.receiptNo))
    await trx
      .insertInto('inquiry_event')
      .values({ submission_id: submissionId, seq: 1, state: '已送达', at: receivedAt })
      .execute()
    await announceParts(trx, submissionId, inquiry.parts)
    return { outcome: 'stored', receipt }
  })
}

async function repeated({ db }: Pick<Database, 'db'>, arrival: Arrival): Promise<Reception | undefined> {
  const stored = await db
    .selectFrom('inquiry')
    .innerJoin('receipt', 'receipt.submission_id', 'inquiry.submission_id')
    .select(['inquiry.digest', 'receipt.json'])
    .where('inquiry.submission_id', '=', arrival.submissionId)
    .executeTakeFirst()
  if (stored === undefined) return undefined
  return stored.digest === arrival.digest ? { outcome: 'repeated', receipt: stored.json } : { outcome: 'conflict' }
}

async function found(trx: Transaction<Schema>, arrival: Arrival): Promise<Reception> {
  const reception = await repeated({ db: trx }, arrival)
  if (reception === undefined) throw new Error('An inquiry is stored without its receipt')
  return reception
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
