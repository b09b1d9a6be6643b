import type { InquiryState } from '#domain/inquiry/status.ts'
import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { PartType } from '#domain/inquiry/parts.ts'
import type { RecordKind } from '#domain/record/kind.ts'

type RecordStatus = 'published' | 'review' | 'withdrawn'
/** `synthetic`: invented in great number, to try the portal at its full size. */
export type RecordOrigin = 'starter' | 'import' | 'synthetic'

/** A record as it stands now. Times are milliseconds since 1970 (UTC), JSON is text. */
export interface RecordRow {
  id: string
  kind: RecordKind
  status: RecordStatus
  origin: RecordOrigin
  json: string
  /** Of the content alone, see feed/record-digest.ts. */
  digest: string
  /** JSON of `Doubt[]`: what an officer should look at. */
  doubts: string
  created_at: number
  updated_at: number
  /** When an officer published or withdrew it; null when nobody decided. */
  decided_at: number | null
}

/** A newer version of a published record that waits for an officer, while the published one stays as it is. */
export interface WaitingRow {
  id: string
  kind: RecordKind
  origin: RecordOrigin
  json: string
  digest: string
  doubts: string
  at: number
}

/** One published change. `v` leaves no gap, and its order is the order of commits. */
export interface ChangeRow {
  v: number
  id: string
  kind: RecordKind
  op: 'put' | 'del'
  /** The record as it was published; null for `del`. */
  json: string | null
  at: number
}

/** A snapshot's exact text, kept so that every process answers with the same bytes. */
export interface SnapshotRow {
  version: number
  count: number
  /** Length of the text in UTF-8. */
  bytes: number
  sha256: string
  body: string
  at: number
}

/** An inquiry as it was received. */
export interface InquiryRow {
  submission_id: string
  type: InquiryType
  schema_version: number
  /** `Content-Digest` of the bytes. */
  digest: string
  /** SHA-256 of the tracking key, hexadecimal. */
  key_hash: string
  /** The exact bytes; null once withdrawn, or erased two years after its end. */
  body: Buffer | null
  state: InquiryState
  received_at: number
  reply_due_at: number
}

/** The answer to a delivered inquiry, as text: every retry gets the same bytes. */
export interface ReceiptRow {
  submission_id: string
  receipt_no: string
  json: string
}

/** One step of an inquiry's timeline; `seq` counts from 1. */
export interface InquiryEventRow {
  submission_id: string
  seq: number
  state: InquiryState
  at: number
}

/** A file that an inquiry announces. The rows go with what was written: 撤回 and erasure delete them. */
export interface PartRow {
  submission_id: string
  sha256: string
  /** Its place among the inquiry's files, from 0. */
  seq: number
  name: string
  type: PartType
  /** As announced. */
  bytes: number
  /** Bytes from the beginning without a gap that are stored durably. */
  received: number
  /** When all were there and had the digest; null until then. */
  complete_at: number | null
}

/** A stored piece of such a file. */
interface PartChunkRow {
  /** Its name in the attachment store. */
  blob: string
  submission_id: string
  sha256: string
  /** Where in the file it begins. */
  start: number
  bytes: number
}

/**
 * A file made from the content and named by it, which can be made again: a picture at one of its widths, or the picture that
 * a shared link shows.
 */
export interface MediaRow {
  /** What follows `/media/` in its address. */
  name: string
  /** Media type. */
  type: string
  bytes: Buffer
  /** When it was made. */
  at: number
}

/** The tables, the same in SQLite and PostgreSQL. */
export interface Schema {
  meta: { name: string; value: string }
  counter: { name: string; value: number }
  record: RecordRow
  waiting: WaitingRow
  change: ChangeRow
  snapshot: SnapshotRow
  list_snapshot: SnapshotRow
  media: MediaRow
  inquiry: InquiryRow
  receipt: ReceiptRow
  inquiry_event: InquiryEventRow
  part: PartRow
  part_chunk: PartChunkRow
}
