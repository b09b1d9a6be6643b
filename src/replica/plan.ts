import { type Head, segmentPath, tailPath } from '#domain/feed.ts'
import type { Cursor } from './store.ts'

/** One file of changes to fetch. */
export interface Part {
  path: string
  /** The first version it may begin with so that nothing is missing. */
  from: number
  /** The version that it must reach. */
  to: number
}

/** What brings a copy up to the head. No parts: it is there already. */
export type Plan = { kind: 'snapshot' } | { kind: 'changes'; parts: Part[] }

/** Whether a head contradicts the copy instead of continuing it: a new epoch, a feed restored from a backup, or a stale answer. */
export function contradicts(cursor: Cursor, head: Head): boolean {
  return cursor.epoch !== head.epoch || cursor.version > head.head
}

/**
 * The rule of the feed's contract: the snapshot for an empty copy, another epoch, or a cursor under `minVersion` or above
 * `head`; otherwise the closed segments from the cursor on, whole, and the open tail.
 */
export function planFor(cursor: Cursor | undefined, head: Head): Plan {
  if (cursor === undefined || contradicts(cursor, head) || cursor.version < head.minVersion) return { kind: 'snapshot' }
  const size = head.segmentSize
  const closed = Math.floor(head.head / size)
  const parts: Part[] = []
  for (let n = Math.floor(cursor.version / size); n < closed; n++) {
    const from = Math.max(cursor.version, n * size) + 1
    parts.push({ path: segmentPath(head.epoch, n), from, to: (n + 1) * size })
  }
  if (head.head > Math.max(cursor.version, closed * size)) {
    const from = Math.max(cursor.version, closed * size) + 1
    parts.push({ path: tailPath(head.epoch, head.head), from, to: head.head })
  }
  return { kind: 'changes', parts }
}
