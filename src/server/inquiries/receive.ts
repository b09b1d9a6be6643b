import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { replyDueAt } from '#domain/working-days.ts'
import type { Inquiry } from '#domain/inquiry/inquiry.ts'
import { makeReceiptNo, type Receipt } from '#domain/inquiry/receipt.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { hashKey } from './tracking-key.ts'

/** A checked inquiry: the exact bytes, and what they say. */
export interface Arrival {
  /** In lower case. */
  submissionId: string
  bytes: Uint8Array
  /** `Content-Digest` of the bytes. */
  digest: string
  inquiry: Inquiry
}

/** `receipt` is the text of the receipt: the same bytes for the first answer and for every later one. */
type Reception = { outcome: 'stored' | 'repeated'; receipt: string } | { outcome: 'conflict' }

/**
 * Stores an inquiry exactly once. The id is unique for ever: the same bytes again get the same receipt, withdrawn or not;
 * other bytes are a conflict. Inquiry, receipt and first event are one transaction.
 * @param now milliseconds since 1970 (UTC)
 */
export async function receiveInquiry(database: Database, arrival: Arrival, now: number): Promise<Reception> {
  return (await repeated(database, arrival)) ?? (await store(database, arrival, now))
}

/** Answers a retry without taking the write lock. */
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

async function store(database: Database, arrival: Arrival, now: number): Promise<Reception> {
  const { submissionId, bytes, digest, inquiry } = arrival
  const dueAt = replyDueAt(now)
  return database.db.transaction().execute(async (trx) => {
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
        received_at: now,
        reply_due_at: dueAt,
      })
      .onConflict((conflict) => conflict.column('submission_id').doNothing())
      .returning('submission_id')
      .executeTakeFirst()
    // Another connection was first; its transaction is committed by now, for the insert waited for it.
    if (inserted === undefined) return await found(trx, arrival)
    const receipt = await issueReceipt(trx, { submissionId, digest, receivedAt: iso(now), replyDueAt: iso(dueAt) })
    await trx
      .insertInto('inquiry_event')
      .values({ submission_id: submissionId, seq: 1, state: '已送达', at: now })
      .execute()
    return { outcome: 'stored', receipt }
  })
}

async function found(trx: Transaction<Schema>, arrival: Arrival): Promise<Reception> {
  const reception = await repeated({ db: trx }, arrival)
  if (reception === undefined) throw new Error('An inquiry is stored without its receipt')
  return reception
}

/** Tries numbers until one is free: there are 2.75 × 10¹⁰, so that the first nearly always is. */
async function issueReceipt(trx: Transaction<Schema>, receipt: Omit<Receipt, 'receiptNo'>): Promise<string> {
  for (;;) {
    const { submissionId, digest, receivedAt, replyDueAt: due } = receipt
    const receiptNo = makeReceiptNo(randomCharacters())
    const json = JSON.stringify({ submissionId, receiptNo, receivedAt, replyDueAt: due, digest } satisfies Receipt)
    const issued = await trx
      .insertInto('receipt')
      .values({ submission_id: submissionId, receipt_no: receiptNo, json })
      .onConflict((conflict) => conflict.column('receipt_no').doNothing())
      .returning('receipt_no')
      .executeTakeFirst()
    if (issued !== undefined) return json
  }
}

/** Random bytes below 248, the largest multiple of 31 in a byte: each character is equally likely. */
function randomCharacters(): number[] {
  const bytes: number[] = []
  while (bytes.length < 7) bytes.push(...[...randomBytes(8)].filter((byte) => byte < 248))
  return bytes
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
