import type { Inquiry } from '#domain/inquiry/inquiry.ts'
import type { Receipt } from '#domain/inquiry/receipt.ts'

/** What was sent whole under an id: the exact bytes. */
export interface Sent {
  /** In lower case. */
  submissionId: string
  bytes: Uint8Array
  /** `Content-Digest` of the bytes. */
  digest: string
  /** The receipt it got before, as the phone shows it. */
  shown?: Receipt | undefined
}

/** A checked inquiry: what was sent, and what it says. */
export interface Arrival extends Sent {
  inquiry: Inquiry
}

/** With the time at which it came, milliseconds since 1970 (UTC). */
export interface Timed {
  arrival: Arrival
  now: number
}
