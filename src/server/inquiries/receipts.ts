import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import { makeReceiptNo, type Receipt } from '#domain/inquiry/receipt.ts'
import type { Schema } from '../db/schema.ts'

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
export async function isOurReceipt(db: Kysely<Schema>, { proof, ...fields }: Receipt): Promise<boolean> {
  if (proof === undefined) return false
  return timingSafeEqual(Buffer.from(proof), Buffer.from(receiptProof(await receiptSecret(db), fields)))
}

/**
 * Writes a receipt under the first number that is free. Of fresh ones there are 2.75 × 10¹⁰, so that the first nearly always is.
 * @param numbers to try, in turn, without end
 * @returns the receipt's text
 */
export async function issueReceipt(
  trx: Transaction<Schema>,
  fields: Omit<Receipt, 'receiptNo' | 'proof'>,
  numbers: Iterable<string> = freshNumbers(),
): Promise<string> {
  const secret = await receiptSecret(trx)
  for (const receiptNo of numbers) {
    const json = receiptText(secret, { ...fields, receiptNo })
    const issued = await trx
      .insertInto('receipt')
      .values({ submission_id: fields.submissionId, receipt_no: receiptNo, json })
      .onConflict((conflict) => conflict.column('receipt_no').doNothing())
      .returning('receipt_no')
      .executeTakeFirst()
    if (issued !== undefined) return json
  }
  throw new Error('No receipt number was free')
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
  for (;;) yield makeReceiptNo(randomCharacters())
}

/** Random bytes below 248, the largest multiple of 31 in a byte: each character is equally likely. */
function randomCharacters(): number[] {
  const bytes: number[] = []
  while (bytes.length < 7) bytes.push(...[...randomBytes(8)].filter((byte) => byte < 248))
  return bytes
}

/** Made by a migration, and in every backup. */
async function receiptSecret(db: Kysely<Schema>): Promise<string> {
  const { value } = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', 'receipt-secret')
    .executeTakeFirstOrThrow()
  return value
}
