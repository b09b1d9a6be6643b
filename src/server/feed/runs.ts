import { STEP_SIZE } from '#domain/feed-v2.ts'
import type { Database } from '../db/database.ts'
import { changesBetween, putsBefore, SEGMENT_SIZE } from './history.ts'
import { type ChangeLines, changeLines, linesText, putLines } from './list-lines.ts'
import { sentBodies } from './sent-bodies.ts'

/**
 * The text of closed segment `n`, without bodies, the same as long as the epoch lasts.
 * @returns undefined while it is not full, as all of these do where there is nothing yet
 */
export async function readListSegment(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, segment(epoch, n), (changes) => ({ changes: changes.map(({ line }) => line) }))
}

/** The bodies of closed segment `n`. */
export async function readBundle(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, segment(epoch, n), allBodies)
}

/** The bodies of the open segment as it stood at version `head`; none when that version closes a segment. */
export async function readOpenBundle(database: Database, epoch: string, head: number): Promise<string | undefined> {
  return readRun(database, upTo(epoch, head, SEGMENT_SIZE), allBodies)
}

/** Closed step `n`, with what its bodies have become. */
export async function readStep(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readStepRun(database, { epoch, from: n * STEP_SIZE + 1, to: (n + 1) * STEP_SIZE })
}

/** The open step as it stood at version `head`, likewise; none when that version closes a step. */
export async function readOpenStep(database: Database, epoch: string, head: number): Promise<string | undefined> {
  return readStepRun(database, upTo(epoch, head, STEP_SIZE))
}

/** The body that was published at version `v`, if it is the one with this digest. */
export async function readBody({ db }: Database, v: number, sha256: string): Promise<string | undefined> {
  const row = await db.selectFrom('change').select(['id', 'kind', 'json']).where('v', '=', v).executeTakeFirst()
  if (row === undefined || row.json === null) return undefined
  const { body, ref } = putLines({ v, id: row.id, kind: row.kind, json: row.json })
  return ref.sha256 === sha256 ? body : undefined
}

interface Span {
  epoch: string
  from: number
  to: number
}

/** The lines of a file, but its header. */
interface Content {
  changes?: string[]
  bodies?: string[]
  edits?: string[]
}

function segment(epoch: string, n: number): Span {
  return { epoch, from: n * SEGMENT_SIZE + 1, to: (n + 1) * SEGMENT_SIZE }
}

/** From the last version that closes a run of this size. */
function upTo(epoch: string, head: number, size: number): Span {
  return { epoch, from: Math.floor(head / size) * size + 1, to: head }
}

function allBodies(changes: readonly ChangeLines[]): Content {
  return { bodies: changes.flatMap(({ put }) => put?.body ?? []) }
}

function readStepRun(database: Database, span: Span): Promise<string | undefined> {
  return readRun(database, span, async (changes) => {
    const ids = [...new Set(changes.map(({ id }) => id))]
    const before = await putsBefore(database, span.from, ids)
    const bodies = sentBodies(changes, new Map(before.map((row) => [row.id, putLines(row)])))
    return { changes: changes.map(({ line }) => line), ...bodies }
  })
}

async function readRun(
  database: Database,
  { epoch, from, to }: Span,
  contentOf: (changes: ChangeLines[]) => Content | Promise<Content>,
): Promise<string | undefined> {
  const rows = from > to ? undefined : await changesBetween(database, from, to)
  if (rows === undefined) return undefined
  const { changes = [], bodies = [], edits = [] } = await contentOf(rows.map(changeLines))
  const header = JSON.stringify({ epoch, from, to, bodies: bodies.length, edits: edits.length })
  return linesText([header, ...changes, ...bodies, ...edits])
}
