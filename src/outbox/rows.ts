import * as v from 'valibot'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { SubjectSchema, SubmissionId } from '#domain/inquiry/subject.ts'
import { PartSchema } from '#domain/inquiry/parts.ts'
import { InquiryStatusSchema } from '#domain/inquiry/status.ts'
import { FieldErrorSchema } from '#domain/problem.ts'
import { Sha256Hex } from '#domain/text.ts'

/** Where a request stands. What leads from one to another is in `transitions.ts` and nowhere else. */
export const STATES = ['unsent', 'sending', 'attaching', 'delivered', 'refused', 'withdrawing', 'withdrawn'] as const
export type State = (typeof STATES)[number]

/**
 * Why something waits. `new`: nothing was wrong yet. `offline`, `unreachable`: no answer. `busy`: the server asked for time.
 * `notUnderstood`: something else answered, as a captive portal does. `notAllowed`: 401 or 403, the queue pauses.
 */
const WAIT_REASONS = ['new', 'offline', 'unreachable', 'busy', 'notUnderstood', 'notAllowed'] as const
export type WaitReason = (typeof WAIT_REASONS)[number]

const Instant = v.pipe(v.number(), v.finite())

/** All instants in milliseconds since 1970, by the phone's clock. */
const WaitSchema = v.object({
  reason: v.picklist(WAIT_REASONS),
  /** Absent: not tried by time alone, but at the next contact. */
  nextAttemptAt: v.optional(Instant),
  since: Instant,
})
export type Wait = v.InferOutput<typeof WaitSchema>

const RefusalSchema = v.object({ status: v.number(), title: v.string(), errors: v.array(FieldErrorSchema) })
export type Refusal = v.InferOutput<typeof RefusalSchema>

/** A request as it lies on disk. `body` and `digest` are frozen when it is submitted and kept after delivery. */
export const EntryRowSchema = v.object({
  id: SubmissionId,
  type: v.picklist(['contact', 'settlement']),
  subject: v.optional(SubjectSchema),
  values: v.record(v.string(), v.unknown()),
  createdAt: Instant,
  /** Since when it waits for a server, when that is later than `createdAt`: withdrawn, or to be given again to a restored server. */
  pendingSince: v.optional(Instant),
  state: v.picklist(STATES),
  attempts: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** When the last `PUT` began. */
  lastPutAt: v.optional(Instant),
  /** How many of its files are not known to have arrived; absent means none. */
  partsLeft: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** Digests of files that the server lacks and that cannot be sent: this phone has not got them (any more), or only damaged. */
  partsGone: v.optional(v.array(Sha256Hex), []),
  wait: v.optional(WaitSchema),
  refusal: v.optional(RefusalSchema),
  receipt: v.optional(ReceiptSchema),
  /** Numbers that it had before a restored server gave it another. */
  earlierReceiptNos: v.optional(v.array(v.string())),
  /** A status that this version cannot read is as good as none: the server is asked again. */
  status: v.fallback(v.optional(InquiryStatusSchema), undefined),
  statusCheckedAt: v.optional(Instant),
  /** When it became withdrawn. */
  withdrawnAt: v.optional(Instant),
  body: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
  digest: v.string(),
  trackingKey: v.string(),
  /** Token of the draft it was made from: one draft gives one request. */
  draftToken: v.optional(v.string()),
})
export type EntryRow = v.InferOutput<typeof EntryRowSchema>

/** A file of a draft or of a request. Its bytes lie apart, under their digest. */
export const AttachmentRowSchema = v.object({
  ...PartSchema.entries,
  id: v.string(),
  /** `draftOwner` or `entryOwner`. */
  owner: v.string(),
  addedAt: Instant,
  /** Bytes from the beginning that the server is known to hold. */
  sent: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type AttachmentRow = v.InferOutput<typeof AttachmentRowSchema>

export const BytesRowSchema = v.object({
  sha256: Sha256Hex,
  data: v.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
})

/** What a person typed, not validated. */
export const DraftRowSchema = v.object({
  key: v.string(),
  /** `SCHEMA_VERSION` of the form that saved it. */
  version: v.number(),
  values: v.record(v.string(), v.unknown()),
  savedAt: Instant,
  token: v.string(),
  /** Of what it is about, as it was when it was typed: later the record may not be on this phone. */
  title: v.optional(v.string()),
})

export type DraftRow = v.InferOutput<typeof DraftRowSchema>

/** The title stays with it, so that a record taken offline by its publisher can still be named. */
const recordRef = { kind: SubjectSchema.entries.kind, title: v.string() }

export const BookmarkSchema = v.object({ ...recordRef, id: v.string(), addedAt: Instant })
export type Bookmark = v.InferOutput<typeof BookmarkSchema>

export const StopSchema = v.object({
  ...recordRef,
  /** `kind/recordId`: a record stands in the pack once. */
  id: v.string(),
  recordId: v.string(),
  note: v.string(),
  addedAt: Instant,
  /** Place in the order of the visit, from 0. */
  position: v.number(),
})
export type Stop = v.InferOutput<typeof StopSchema>

export const LeaseRowSchema = v.object({ name: v.string(), owner: v.string(), until: Instant })

/** Splits rows into those this version can read and the others, which stay on disk as they are. */
export function readRows<S extends v.GenericSchema>(schema: S, raws: readonly unknown[]) {
  const rows: v.InferOutput<S>[] = []
  const unreadable: unknown[] = []
  for (const raw of raws) {
    const parsed = v.safeParse(schema, raw)
    if (parsed.success) rows.push(parsed.output)
    else unreadable.push(raw)
  }
  return { rows, unreadable }
}

/** Reads one row; undefined when there is none or when this version cannot read it. */
export function readRow<S extends v.GenericSchema>(schema: S, raw: unknown): v.InferOutput<S> | undefined {
  const parsed = v.safeParse(schema, raw)
  return parsed.success ? parsed.output : undefined
}
