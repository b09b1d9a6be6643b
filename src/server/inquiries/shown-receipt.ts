import type { Transaction } from 'kysely'
import * as v from 'valibot'
import { type Receipt, ReceiptSchema } from '#domain/inquiry/receipt.ts'
import type { Schema } from '../db/schema.ts'
import { isOurReceipt } from './receipts.ts'

/** A receipt has some 300 characters, as base64url 400. */
const MAX_LENGTH = 2048

/**
 * Reads the receipt that a phone shows with its request.
 * @param header base64url of JSON
 * @returns undefined when there is none, or it is none: the request stands for itself
 */
export function parseShownReceipt(header: string | null): Receipt | undefined {
  if (header === null || header.length > MAX_LENGTH) return undefined
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
  const receipt = v.safeParse(ReceiptSchema, json)
  return receipt.success ? receipt.output : undefined
}

/**
 * The receipt under which an inquiry is stored again that this server has lost, as after a restore of an old backup.
 * @returns undefined when it is not ours, is of another inquiry, or its number was given to another since
 */
export async function lostReceipt(
  trx: Transaction<Schema>,
  secret: string,
  { submissionId, digest, shown }: { submissionId: string; digest: string; shown?: Receipt | undefined },
): Promise<Receipt | undefined> {
  if (shown === undefined || shown.submissionId !== submissionId || shown.digest !== digest) return undefined
  if (!isOurReceipt(secret, shown)) return undefined
  const taken = await trx
    .selectFrom('receipt')
    .select('receipt_no')
    .where('receipt_no', '=', shown.receiptNo)
    .executeTakeFirst()
  return taken === undefined ? shown : undefined
}
