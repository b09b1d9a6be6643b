import * as v from 'valibot'
import { InquirySchema } from '#domain/inquiry/inquiry.ts'
import type { InquirySummary, Letter } from './summary.ts'

/**
 * Reads what is stored of an inquiry, without the key that only its sender holds. What this version cannot read, for another one
 * stored it or the disk damaged it, comes back as text: one such row must not keep the others from an officer.
 * @param body the exact bytes; null once withdrawn or erased
 */
export function readLetter(body: Buffer | null): Pick<InquirySummary, 'letter' | 'unreadable'> {
  if (body === null) return { letter: undefined, unreadable: undefined }
  const text = body.toString('utf8')
  const fields = parseFields(text)
  const parsed = v.safeParse(InquirySchema, fields)
  if (!parsed.success) return { letter: undefined, unreadable: withoutKey(text, fields) }
  const letter: Letter & { trackingKey?: string } = parsed.output
  delete letter.trackingKey
  return { letter, unreadable: undefined }
}

function parseFields(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Fits no schema, and is shown as the text it is.
    return undefined
  }
}

/** Where the key cannot be told from the rest, everything that looks like one goes. */
function withoutKey(text: string, fields: unknown): string {
  if (typeof fields !== 'object' || fields === null) return text.replace(/[\w-]{43,}/g, '…')
  return JSON.stringify({ ...fields, trackingKey: undefined })
}
