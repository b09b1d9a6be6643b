import { STEP_SIZE } from '#domain/feed-v2.ts'
import type { Database } from '../db/database.ts'
import { changesBetween, SEGMENT_SIZE } from './history.ts'
import { changeLines, linesText, putLines } from './list-lines.ts'

/** What a file of the feed holds: `changes` alone, `bodies` alone, or changes with their bodies. */
type Content = 'changes' | 'bodies' | 'both'

/**
 * The text of closed segment `n`, without bodies, the same as long as the epoch lasts.
 * @returns undefined while it is not full, as all of these do where there is nothing yet
 */
export async function readListSegment(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, { epoch, from: n * SEGMENT_SIZE + 1, to: (n + 1) * SEGMENT_SIZE }, 'changes')
}

/** The bodies of closed segment `n`. */
export async function readBundle(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, { epoch, from: n * SEGMENT_SIZE + 1, to: (n + 1) * SEGMENT_SIZE }, 'bodies')
}

/** Closed step `n`, with bodies. */
export async function readStep(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, { epoch, from: n * STEP_SIZE + 1, to: (n + 1) * STEP_SIZE }, 'both')
}

/** The open step as it stood at version `head`, with bodies; none when that version closes a step. */
export async function readOpenStep(database: Database, epoch: string, head: number): Promise<string | undefined> {
  const from = Math.floor(head / STEP_SIZE) * STEP_SIZE + 1
  return from > head ? undefined : readRun(database, { epoch, from, to: head }, 'both')
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

async function readRun(database: Database, { epoch, from, to }: Span, content: Content): Promise<string | undefined> {
  const rows = await changesBetween(database, from, to)
  if (rows === undefined) return undefined
  const lines = rows.map(changeLines)
  const changes = content === 'bodies' ? [] : lines.map(({ line }) => line)
  const bodies = content === 'changes' ? [] : lines.flatMap(({ body }) => body ?? [])
  return linesText([JSON.stringify({ epoch, from, to, bodies: bodies.length }), ...changes, ...bodies])
}
