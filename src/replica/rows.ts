import type { ListChange, Put } from '#domain/feed-v2.ts'
import type { Body, Cursor, Gone, Row, Run } from './store.ts'

/** What a run does to the copy: the last change of a record wins. */
interface Effect {
  put: (Row | Gone)[]
  /** The bodies of what is put. */
  bodies: Body[]
}

/** The effect of those changes that are newer than the cursor. */
export function effectOf(run: Run, cursor: Cursor): Effect {
  const last = new Map<string, ListChange>()
  for (const change of run.changes) if (change.v > cursor.version) last.set(change.id, change)
  const put = [...last.values()].map((change) =>
    change.op === 'put' ? rowOf(change) : { id: change.id, v: change.v, gone: true as const },
  )
  const digests = new Set(put.flatMap((row) => ('gone' in row ? [] : row.body.sha256)))
  return { put, bodies: run.bodies.filter(({ sha256 }) => digests.has(sha256)) }
}

/** Whether a run continues the copy: same epoch, and no version between the two is missing. */
export function continues(run: Run, cursor: Cursor | undefined): cursor is Cursor {
  return cursor !== undefined && cursor.epoch === run.epoch && run.from <= cursor.version + 1
}

/** The row of a put. */
export function rowOf(put: Put): Row {
  const { id, kind, v, record, body, files, titleOnly } = put
  return { id, kind, v, place: placeOf(put), record, body, files, titleOnly }
}

/**
 * Sorted as text, places give the order of lists: by kind, then newest `publishedAt` first, then by id. A later day's digits taken
 * from nine are less.
 */
export function placeOf({ kind, record: { publishedAt }, id }: Pick<Put, 'kind' | 'record' | 'id'>): string {
  const day = typeof publishedAt === 'string' ? publishedAt : ''
  return `${kind}:${day.replace(/\d/g, (digit) => String(9 - Number(digit)))}:${id}`
}

/** The places of a kind lie between these two; without one, all places. */
export function placesOf(kind: string | undefined): [from: string, to: string] {
  if (kind === undefined) return ['', '\uffff']
  return [`${kind}:`, `${kind};`]
}

/** Whether it is a record that is there. */
export function isRow(row: Row | Gone | undefined): row is Row {
  return row !== undefined && !('gone' in row)
}
