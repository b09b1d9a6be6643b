import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import { isPending } from './backoff.ts'
import type { RawRow } from './database.ts'
import { type NamedPart, namedParts } from './named-parts.ts'
import { type EntryRow, EntryRowSchema, readRow, type Refusal, type State, type Wait } from './rows.ts'

/** A request as a screen shows it. Instants in ms by the phone's clock. */
export interface OutboxEntry {
  /** The `submissionId`. */
  id: string
  type: InquiryType
  subject?: Subject | undefined
  /** The request's fields, for showing and correcting. */
  values: Record<string, unknown>
  createdAt: number
  /** Since when it waits for a server, when that is later than `createdAt`. */
  pendingSince?: number | undefined
  state: State
  attempts: number
  /** Why it waits and when it is tried next; absent when it waits for nothing. */
  wait?: Wait | undefined
  refusal?: Refusal | undefined
  receipt?: Receipt | undefined
  /** Numbers that it had before a restored server gave it another. */
  earlierReceiptNos?: readonly string[] | undefined
  /** How many of its files are not known to have arrived. */
  partsLeft: number
  /** Files that the server lacks and that cannot be sent from this phone. */
  partsGone: NamedPart[]
  /** As last seen from the server. */
  status?: InquiryStatus | undefined
  statusCheckedAt?: number | undefined
  /** The row as text, when this version cannot read it: shown as needing a person, never dropped. */
  unreadable?: string | undefined
}

/** Shows a row of any shape. */
export function toEntry(raw: RawRow): OutboxEntry {
  const row = readRow(EntryRowSchema, raw)
  return row === undefined ? unreadableEntry(raw) : readableEntry(row)
}

/** Those that need somebody or something first, then newest first. */
export function sortEntries(entries: OutboxEntry[]): OutboxEntry[] {
  const rank = (entry: OutboxEntry) => (isPending(entry) || entry.state === 'refused' ? 0 : 1)
  return entries.sort((a, b) => rank(a) - rank(b) || b.createdAt - a.createdAt)
}

function readableEntry(row: EntryRow): OutboxEntry {
  const { id, type, subject, values, createdAt, pendingSince, state, attempts, wait, refusal, receipt, partsLeft } = row
  const { earlierReceiptNos, status, statusCheckedAt } = row
  return {
    id,
    type,
    subject,
    values,
    createdAt,
    pendingSince,
    state,
    attempts,
    wait,
    refusal,
    receipt,
    earlierReceiptNos,
    partsLeft,
    partsGone: row.partsGone.length === 0 ? [] : namedParts(row).filter(({ sha256 }) => row.partsGone.includes(sha256)),
    status,
    statusCheckedAt,
  }
}

function unreadableEntry(raw: RawRow): OutboxEntry {
  return {
    id: String(raw['id']),
    type: raw['type'] === 'settlement' ? 'settlement' : 'contact',
    values: {},
    createdAt: typeof raw['createdAt'] === 'number' ? raw['createdAt'] : 0,
    state: 'refused',
    attempts: 0,
    partsLeft: 0,
    partsGone: [],
    refusal: { status: 0, title: '这条提交由另一版本保存，当前版本无法读取。内容仍在本机，请导出留存。', errors: [] },
    unreadable: rawText(raw),
  }
}

/** A row as text a person can read; frozen bytes as the text they are. */
export function rawText(raw: unknown): string {
  return JSON.stringify(
    raw,
    (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value),
    2,
  )
}
