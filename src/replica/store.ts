import type { RecordKind } from '#domain/record/kind.ts'
import type { Segment, Snapshot } from '#domain/feed.ts'
import type { Live } from '#domain/live.ts'

/** How far the copy has come. `filling` names one complete filling of the copy and is new after every snapshot. */
export interface Cursor {
  epoch: string
  version: number
  filling: string
}

/**
 * One record as received. `stamp` changes whenever the record may have, so that what was parsed from it can be kept.
 */
export interface Row {
  id: string
  kind: string
  stamp: string
  record: Record<string, unknown>
}

/** What the copy holds as a whole. `lasting` is false when it lives in memory only and ends with the page. */
export interface Summary {
  cursor?: Cursor
  count: number
  /** Milliseconds since 1970 of the last contact that found the copy complete. */
  syncedAt?: number
  lasting: boolean
}

/** Where the copy is kept. Every method is one transaction, or stages its work so that a crash in the middle shows nothing of it. */
export interface ContentStore {
  summary(): Promise<Summary>
  cursor(): Promise<Cursor | undefined>
  row(id: string): Promise<Row | undefined>
  rows(kind: RecordKind): Promise<Row[]>
  /** Everything, and the state it is; undefined before the first filling. */
  whole(): Promise<{ cursor: Cursor; rows: Row[] } | undefined>
  /**
   * Applies the changes that are newer than the copy and moves the cursor, together.
   * @returns false when the segment does not continue this copy (it was replaced or dropped meanwhile); nothing is written then
   */
  applySegment(segment: Segment): Promise<boolean>
  /**
   * Replaces the whole copy.
   * @param expected the cursor that the decision rested on
   * @returns false when the copy has changed since; nothing is shown of the snapshot then
   */
  replaceAll(snapshot: Snapshot, expected: Cursor | undefined): Promise<boolean>
  /** @param at milliseconds since 1970 */
  markSynced(at: number): Promise<void>
  clear(): Promise<void>
  /** Runs the query now and after every change that may alter its answer, whichever tab made it. */
  watch<T>(query: (store: ContentStore) => Promise<T>): Live<T>
  close(): void
}

/** Whether two cursors name the same state of the copy. */
export function sameCursor(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a?.filling === b?.filling && a?.epoch === b?.epoch && a?.version === b?.version
}
