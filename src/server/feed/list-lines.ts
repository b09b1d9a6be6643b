import { createHash } from 'node:crypto'
import type { BodyRef, ListChange } from '#domain/feed-v2.ts'
import { listFacts } from '#domain/record/list-facts.ts'
import { splitRecord } from '#domain/record/split.ts'
import type { ChangeRow } from '../db/schema.ts'
import type { PutRow } from './history.ts'

/** A published record in two lines: what lists show of it, and its body. */
export interface PutLines {
  line: string
  body: string
  ref: BodyRef
}

/**
 * The same text whoever makes it in this epoch: it follows from the record's JSON as it was published, and from rules of the domain
 * that no release changes without a new epoch (`#domain/feed-v2.ts`).
 */
export function putLines({ v, id, kind, json }: PutRow): PutLines {
  const record = JSON.parse(json) as Record<string, unknown>
  const { short, rest } = splitRecord(record)
  const body = JSON.stringify(rest)
  const ref = { sha256: createHash('sha256').update(body).digest('hex'), bytes: Buffer.byteLength(body) }
  const put: ListChange = { op: 'put', v, id, kind, record: short, body: ref, ...listFacts(record) }
  return { line: JSON.stringify(put), body, ref }
}

/** A change in lines. */
export interface ChangeLines {
  id: string
  line: string
  /** Of a put. */
  put?: PutLines
}

/** A change's line, and its body where it has one. */
export function changeLines({ v, id, kind, json }: ChangeRow): ChangeLines {
  if (json === null) return { id, line: JSON.stringify({ op: 'del', v, id, kind } satisfies ListChange) }
  const put = putLines({ v, id, kind, json })
  return { id, line: put.line, put }
}

/** Lines as a file has them: the last one ended too, so that a cut file shows. */
export function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
