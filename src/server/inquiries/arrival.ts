import type { Inquiry } from '#domain/inquiry/inquiry.ts'
import type { Receipt } from '#domain/inquiry/receipt.ts'

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

/** With the time at which it came, milliseconds since 1970 (UTC). */
export interface Timed {
  arrival: Arrival
  now: number
}
