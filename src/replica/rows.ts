import type { Change, Segment, Snapshot } from '#domain/feed.ts'
import type { Cursor, Row } from './store.ts'

/** What a segment does to the copy: the last change of a record wins. */
interface Effect {
  put: Row[]
  remove: string[]
}

/** The effect of those changes that are newer than the cursor. */
export function effectOf(segment: Segment, cursor: Cursor): Effect {
  const last = new Map<string, Change>()
  for (const change of segment.changes) if (change.v > cursor.version) last.set(change.id, change)
  const effect: Effect = { put: [], remove: [] }
  for (const change of last.values()) {
    if (change.op === 'del') effect.remove.push(change.id)
    else
      effect.put.push({
        id: change.id,
        kind: change.kind,
        stamp: `${cursor.filling}:${change.v}`,
        record: change.record,
      })
  }
  return effect
}

/** Whether a segment continues the copy: same epoch, and no version between the two is missing. */
export function continues(segment: Segment, cursor: Cursor | undefined): cursor is Cursor {
  return cursor !== undefined && cursor.epoch === segment.epoch && segment.from <= cursor.version + 1
}

/** The rows of a snapshot. */
export function rowsOf(snapshot: Snapshot, filling: string): Row[] {
  return snapshot.records.map((record) => ({ id: record.id, kind: record.kind, stamp: filling, record }))
}
