import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { makeReceiptNo, type Receipt, RECEIPT_CHARSET } from '#domain/inquiry/receipt.ts'
import type { ReceiptRow, Schema } from '../db/schema.ts'

/** Stands before the sealed fields, so that the secret seals nothing else that could be taken for a receipt. */
const SEAL = 'luodi-receipt-1'

/**
 * The seal on a receipt: HMAC-SHA-256 over its fields as a JSON array of texts, in a fixed order.
 * @param secret as base64url
 */
function receiptProof(secret: string, receipt: Omit<Receipt, 'proof'>): string {
  const { submissionId, receiptNo, receivedAt, replyDueAt, digest } = receipt
  const text = JSON.stringify([SEAL, submissionId, receiptNo, receivedAt, replyDueAt, digest])
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(text).digest('base64url')
}

/** Whether this server, or the one it was restored from, wrote the receipt. */
export function isOurReceipt(secret: string, { proof, ...fields }: Receipt): boolean {
  return proof !== undefined && timingSafeEqual(Buffer.from(proof), Buffer.from(receiptProof(secret, fields)))
}

/** A receipt to be written: the first of its numbers that is free becomes its own. */
export interface Draft extends Omit<Receipt, 'receiptNo' | 'proof'> {
  /** Without end. */
  numbers: Iterator<string, never>
}

/**
 * Writes receipts. Of fresh numbers there are 2.75 × 10¹⁰, so that the first is nearly always free.
 * @param drafts of different ids
 * @returns their texts, by id
 */
export async function issueReceipts(
  trx: Transaction<Schema>,
  secret: string,
  drafts: readonly Draft[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (let left = drafts; left.length > 0; left = left.filter(({ submissionId }) => !texts.has(submissionId))) {
    const rows = left.map(({ numbers, ...fields }) => {
      const receiptNo = numbers.next().value
      const json = receiptText(secret, { ...fields, receiptNo })
      return { submission_id: fields.submissionId, receipt_no: receiptNo, json }
    })
    for (const { submission_id: id, json } of await insertThoseFree(trx, rows)) texts.set(id, json)
  }
  return texts
}

async function insertThoseFree(trx: Transaction<Schema>, rows: readonly ReceiptRow[]): Promise<readonly ReceiptRow[]> {
  const { numInsertedOrUpdatedRows: count } = await trx
    .insertInto('receipt')
    .values(rows)
    .onConflict((conflict) => conflict.column('receipt_no').doNothing())
    .executeTakeFirstOrThrow()
  if (count === BigInt(rows.length)) return rows
  const ids = rows.map(({ submission_id: id }) => id)
  return trx.selectFrom('receipt').selectAll().where('submission_id', 'in', ids).execute()
}

/** One receipt has one text, whoever writes it. */
function receiptText(secret: string, receipt: Omit<Receipt, 'proof'>): string {
  const { submissionId, receiptNo, receivedAt, replyDueAt, digest } = receipt
  const proof = receiptProof(secret, receipt)
  return JSON.stringify({ submissionId, receiptNo, receivedAt, replyDueAt, digest, proof } satisfies Receipt)
}

/** This one first, then fresh ones. */
export function* numbersFrom(first: string | undefined): Generator<string, never> {
  if (first !== undefined) yield first
  return yield* freshNumbers()
}

function* freshNumbers(): Generator<string, never> {
  for (;;) yield makeReceiptNo(Array.from({ length: 7 }, () => randomInt(RECEIPT_CHARSET.length)))
}

/** What seals the receipts of a database. Made by a migration, never changed, and in every backup. */
export async function receiptSecret(db: Kysely<Schema>): Promise<string> {
  const { value } = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'receipt-secret')
    .executeTakeFirstOrThrow()
  return value
}
