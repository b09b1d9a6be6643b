import type { BodyRef, FileRef, ListChange, Put } from '#domain/feed-v2.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { Live } from '#domain/live.ts'

/** How far the copy has come. `filling` names one complete filling of the copy and is new after every list taken. */
export interface Cursor {
  epoch: string
  version: number
  filling: string
  /** The feed's head when the list of this filling was taken. An earlier release did not note it. */
  head?: number
}

/**
 * The epoch of a copy that was taken over from the first release. No feed has one of this name: the next contact takes the list anew,
 * and what is shown until then is the old copy.
 */
export const FIRST_COPY = 'first-copy'

/** A record as received: what lists show, and where the rest is. */
export interface Row {
  id: string
  kind: string
  /** Version of the change that published it. */
  v: number
  /** Its place in the lists: kind, then newest first, then id; sorted as text. */
  place: string
  record: Record<string, unknown>
  body: BodyRef
  files: FileRef[]
  titleOnly: boolean
}

/** What is left of a withdrawn record until the next filling, for whoever follows the changes. */
export interface Gone {
  id: string
  v: number
  gone: true
}

/** A body as it came, in UTF-8, and the digest of it. */
export interface Body {
  sha256: string
  bytes: Uint8Array<ArrayBuffer>
}

/** Bodies that are kept together. */
export interface Volume {
  n: number
  digests: string[]
}

/** A run of changes as the feed client hands it on: versions `from`…`to`, with the bodies that came along. */
export interface Run {
  epoch: string
  from: number
  to: number
  changes: ListChange[]
  bodies: Body[]
}

/** A list of everything. */
export interface ListFile {
  epoch: string
  version: number
  /** The feed's head when it was taken: what is newer than the list comes with the changes up to there. */
  head?: number
  /**
   * Some at a time, as they come; each time it is called, from the first. Each is parsed when it is taken.
   * @throws FeedFailure for a line that is no put, in the end for a list that is not the head's, and when they do not come
   */
  lines(): AsyncIterable<Iterable<ListLine>>
}

/** A line of a list, as it came. */
export interface ListLine {
  put: Put
  /** Part of the whole list. */
  bytes: Uint8Array
}

/** What the copy holds as a whole. `lasting` is false when it lives in memory only and ends with the page. */
export interface Summary {
  cursor?: Cursor
  /** Milliseconds since 1970 of the last contact that found the copy complete. */
  syncedAt?: number
  /** What the list of everything came to at that contact, unpacked, bytes. */
  listBytes?: number
  lasting: boolean
}

/** How much is taken over of what an earlier release kept: less and less, where the phone has no room for both at once. */
export const TAKEN_OVER = ['all', 'lists', 'nothing'] as const
export type TakenOver = (typeof TAKEN_OVER)[number]

/** Some rows as they were at one state of the copy. */
export interface Slice<R> {
  cursor: Cursor | undefined
  rows: R[]
}

/** A record as it was at one state of the copy; undefined where this does not list it, or there is no copy. */
export interface Listed {
  cursor: Cursor | undefined
  row: Row | undefined
}

/** What a phone reads of its copy. Every method is one transaction. */
export interface ContentReader {
  summary(): Promise<Summary>
  cursor(): Promise<Cursor | undefined>
  row(id: string): Promise<Listed>
  /**
   * Rows in the order of lists.
   * @param kind of which; undefined for all, kind by kind
   * @param after place to go on from; undefined begins
   */
  page(kind: RecordKind | undefined, after: string | undefined, limit: number): Promise<Slice<Row>>
  /** What was put or withdrawn after a version of this filling, in that order. */
  changedAfter(version: number, limit: number): Promise<Slice<Row | Gone>>
  body(sha256: string): Promise<string | undefined>
  /** Texts by digest, of those of these bodies that are here. */
  bodies(sha256s: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The bodies that are here, volume by volume. @param n of the last one known; 0 begins */
  volumesAfter(n: number, limit: number): Promise<Volume[]>
  /** Those of these digests whose body is not on the phone. */
  missing(sha256s: readonly string[]): Promise<string[]>
  /** How many rows stand beside the lists: what has changed since these came. */
  rowsBeside(): Promise<number>
  /** Runs the query now and after every change that may alter its answer, whichever tab made it. */
  watch<T>(query: (store: ContentReader) => Promise<T>): Live<T>
}

/** Where the copy is kept. Every method is one transaction, or several of which each leaves a whole copy. */
export interface ContentStore extends ContentReader {
  /**
   * Applies the changes that are newer than the copy, with their bodies, and moves the cursor, together.
   * @returns false when the run does not continue this copy (it was replaced or dropped meanwhile); nothing is written then
   */
  applyRun(run: Run): Promise<boolean>
  /**
   * Replaces every list; bodies that are here stay.
   * @param expected the cursor that the decision rested on
   * @returns false when the copy has changed since; nothing is shown of the list then
   */
  replaceAll(list: ListFile, expected: Cursor | undefined): Promise<boolean>
  /** Takes them over: once they are stored, their bytes are nobody else's to read. */
  putBodies(bodies: readonly Body[]): Promise<void>
  /**
   * Drops bodies; on a full phone, where they cannot go alone, others with them, but none that `isKept` names.
   * @returns the digests of bodies that are not here any more: not all of these where the phone is full
   */
  dropBodies(sha256s: readonly string[], isKept: (sha256: string) => boolean): Promise<string[]>
  /**
   * Drops bodies that no record has; on a full phone, those beside which nothing stays.
   * @param at the state of the copy in which none has: once it has changed, nothing goes
   */
  dropOrphans(sha256s: readonly string[], at: Cursor): Promise<void>
  /**
   * Lets the browser measure anew how much is stored. Chromium does so after each transaction that may write, and goes by what it was
   * until the next: at times twice what there is, for it measured while files were being rewritten.
   */
  measure(): Promise<void>
  /** Drops what a tab of an earlier release has fetched since its copy was taken over. @returns whether there was any */
  dropEarlier(): Promise<boolean>
  /**
   * Notes a contact that found the copy complete.
   * @param at milliseconds since 1970
   * @param listBytes what the list of everything comes to, unpacked
   */
  markSynced(at: number, listBytes: number): Promise<void>
  clear(): Promise<void>
  close(): void
}

/** Whether two cursors name the same state of the copy. */
export function sameCursor(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a?.filling === b?.filling && a?.epoch === b?.epoch && a?.version === b?.version
}

/** Whether the copy has not yet come to where the feed was when it was filled: what it does not list may be newer than its list. */
export function isBehind({ version, head = version }: Cursor): boolean {
  return version < head
}

/** Whether something followed up to one cursor can be followed on to the other. */
export function isSameFilling(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a !== undefined && a.filling === b?.filling
}
