import type { ContentRecord } from '#domain/record/record.ts'
import type { Doubt } from '#ingest/result.ts'
import type { RecordOrigin, RecordRow, WaitingRow } from '../db/schema.ts'
import { recordDigest } from './record-digest.ts'

/** A record that comes in. */
export interface Incoming {
  record: ContentRecord
  origin: RecordOrigin
  /** Whether it waits for an officer unless one decided already. */
  held: boolean
  doubts: readonly Doubt[]
}

type Outcome = 'added' | 'updated' | 'unchanged' | 'held'

interface Decision {
  outcome: Outcome
  /** The row to write; undefined when the stored one stays as it is. */
  row?: RecordRow
  /** What waits beside a published record from now on. */
  waiting?: WaitingRow | undefined
  /** Whether phones must hear of it. */
  publish: boolean
}

/** What is stored under an id: the record, and a newer version of it that waits while the published one stays. */
export interface Stored {
  row: RecordRow | undefined
  waiting: WaitingRow | undefined
}

/**
 * What becomes of a record that comes in, given what is stored under its id. An officer's decision stands: what one
 * withdrew stays away, what one published stays published and follows its source; only a version with doubts that hold waits
 * beside it. The starter content never overrides what was imported.
 * @param now milliseconds since 1970 (UTC)
 */
export function decide({ row: stored, waiting }: Stored, incoming: Incoming, now: number): Decision {
  const next = nextRow(stored, incoming, now)
  if (stored === undefined || isRetired(stored)) return incoming.held ? hold(stored, next) : publish(next, 'added')
  if (incoming.origin === 'starter' && stored.origin === 'import')
    return { outcome: 'unchanged', publish: false, waiting }
  switch (stored.status) {
    case 'withdrawn':
      return {
        outcome: 'unchanged',
        publish: false,
        ...(isSame(stored, next) ? {} : { row: { ...next, status: 'withdrawn' } }),
      }
    case 'review':
      return incoming.held ? hold(stored, next) : publish(next, 'added')
    case 'published':
      if (stored.digest === next.digest) return keep(stored, next)
      return incoming.held ? wait(waiting, next) : publish(next, 'updated')
  }
}

/** Whether it left the starter content by itself: nobody decided against it, so it may come back. */
function isRetired(stored: RecordRow): boolean {
  return stored.status === 'withdrawn' && stored.decided_at === null
}

function nextRow(stored: RecordRow | undefined, { record, origin, doubts }: Incoming, now: number): RecordRow {
  return {
    id: record.id,
    kind: record.kind,
    status: 'published',
    origin,
    json: JSON.stringify(record),
    digest: recordDigest(record),
    doubts: JSON.stringify(doubts),
    created_at: stored?.created_at ?? now,
    updated_at: now,
    decided_at: stored?.decided_at ?? null,
  }
}

function hold(stored: RecordRow | undefined, next: RecordRow): Decision {
  const isHeld = stored?.status === 'review' && isSame(stored, next)
  return { outcome: 'held', publish: false, ...(isHeld ? {} : { row: { ...next, status: 'review' } }) }
}

/** The published version stays until an officer has looked at the new one. */
function wait(waiting: WaitingRow | undefined, next: RecordRow): Decision {
  const { id, kind, origin, json, digest, doubts, updated_at: at } = next
  const isWaiting = waiting !== undefined && isSame(waiting, next)
  return {
    outcome: 'held',
    publish: false,
    waiting: isWaiting ? waiting : { id, kind, origin, json, digest, doubts, at },
  }
}

function publish(next: RecordRow, outcome: 'added' | 'updated'): Decision {
  return { outcome, publish: true, row: next }
}

/** The same content: its text stays, so that nothing is published twice; doubts an officer has settled stay settled. */
function keep(stored: RecordRow, next: RecordRow): Decision {
  const doubts = stored.decided_at === null ? next.doubts : stored.doubts
  const row = { ...stored, origin: next.origin, doubts }
  return { outcome: 'unchanged', publish: false, ...(isSame(stored, row) ? {} : { row }) }
}

type Content = Pick<RecordRow, 'digest' | 'origin' | 'doubts'>

function isSame(a: Content, b: Content): boolean {
  return a.digest === b.digest && a.origin === b.origin && a.doubts === b.doubts
}
