import * as v from 'valibot'
import { IsoInstant } from '../text.ts'
import { SubmissionId } from './subject.ts'

/** Characters of a receipt number: no 0/O, 1/I/L, so that it survives the telephone. */
export const RECEIPT_CHARSET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

export const ReceiptNo = v.pipe(v.string(), v.regex(/^LD-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/, 'receipt.format'))

/** The answer to a delivered request: the same bytes for every retry. Instants in UTC. */
export const ReceiptSchema = v.object({
  submissionId: SubmissionId,
  receiptNo: ReceiptNo,
  receivedAt: IsoInstant,
  replyDueAt: IsoInstant,
  /** The `Content-Digest` of the bytes that were stored. */
  digest: v.string(),
  /**
   * The server's seal on the fields above. A server that was restored from an old backup takes its receipt back by it, under
   * the same number. Receipts of earlier releases have none.
   */
  proof: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{43}$/))),
})
export type Receipt = v.InferOutput<typeof ReceiptSchema>

/** Header of a `PUT` that shows a receipt to a server that has lost it: base64url of the receipt as JSON. */
export const RECEIPT_HEADER = 'Inquiry-Receipt'

/**
 * Makes a receipt number: seven random characters (31⁷ ≈ 2.75 × 10¹⁰) and a check character, as `LD-7K3M-9QXW`.
 * @param random at least seven random bytes below 248, so that each character is equally likely
 */
export function makeReceiptNo(random: readonly number[]): string {
  const values = random.slice(0, 7).map((byte) => byte % RECEIPT_CHARSET.length)
  const chars = [...values, checkValue(values)].map((value) => RECEIPT_CHARSET.charAt(value)).join('')
  return `LD-${chars.slice(0, 4)}-${chars.slice(4)}`
}

/**
 * Reads a number as somebody says it: lower case, without hyphens or the `LD`.
 * @returns the number in its one form, or undefined when a character or the check is wrong
 */
export function parseReceiptNo(input: string): string | undefined {
  const chars = input
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/^LD(?=.{8}$)/, '')
  if (chars.length !== 8) return undefined
  const values = [...chars].map((char) => RECEIPT_CHARSET.indexOf(char))
  if (values.includes(-1) || values[7] !== checkValue(values.slice(0, 7))) return undefined
  return `LD-${chars.slice(0, 4)}-${chars.slice(4)}`
}

/** Weighted sum modulo 31, a prime: any one wrong character and any two exchanged ones are noticed. */
function checkValue(values: readonly number[]): number {
  return values.reduce((sum, value, index) => (sum + value * (index + 2)) % RECEIPT_CHARSET.length, 0)
}
