import { Dexie, type Table, type Transaction } from 'dexie'
import type { Block } from './blocks.ts'
import type { Cursor, Gone, Row } from './store.ts'
import type { BodyTables } from './volumes.ts'

type StoredCursor = Cursor & { key: 'position' }
/** The last contact that found the copy complete; without `listBytes` where an earlier release noted it. */
interface Confirmed {
  key: 'confirmed'
  at: number
  listBytes?: number
}
/** Earlier releases have keys of their own for both: they must not take this copy for theirs, nor this contact for one of theirs. */
type State =
  | StoredCursor
  | Confirmed
  /**
   * Counts up whenever bodies come or go, and goes with those that a full phone drops, so that whoever has read them sees it
   * (`search/content-source.ts`).
   */
  | { key: 'bodies'; turn: number }
/** The lists as they came last stand in blocks; what has changed since stands beside them, by record, and counts. */
interface ListTables {
  blocks: Table<Block, string>
  changes: Table<Row | Gone, string>
}
export type ContentDatabase = Dexie & ListTables & BodyTables & { state: Table<State, string> }

/** What brings each earlier version's tables to the next one's. */
interface TakeOvers {
  wholeRecords: (trx: Transaction) => Promise<void>
  shelves: (trx: Transaction) => Promise<void>
}

/** Name of the database on the phone. Everything in it can be fetched again. */
export const CONTENT_DATABASE = 'luodi-content'

/** The tables of the first version. A tab of that release that is still open finds them, fills them again, and touches nothing else. */
const FIRST = { recordsA: 'id, kind', recordsB: 'id, kind', meta: 'key' }
/** The lists of the second and third version, likewise, with keys in `state` of their own. */
const SHELVES = { listA: 'id, v, place', listB: 'id, v, place' }
export const EARLIER_STATE = ['cursor', 'staging', 'contact']

/**
 * Describes the database; it is opened with the first use. Dexie's result cache stays off: it shows writes before they are
 * committed, and a list must never be ahead of its cursor.
 * @param takeOver what an earlier version holds is not thrown away; it comes from outside, for it needs what this file is
 *   evaluated before: the schemas, and all else of this room
 */
export function contentDatabase(name: string, takeOver: TakeOvers): ContentDatabase {
  const database = new Dexie(name, { cache: 'disabled' })
  database.version(1).stores(FIRST)
  database
    .version(2)
    .stores({ ...SHELVES, volumes: 'n, *digests', texts: 'n', state: 'key' })
    .upgrade(takeOver.wholeRecords)
  // The same tables. What a release of the second version cannot read is in them: bodies in bytes.
  database.version(3)
  database.version(4).stores({ blocks: 'from, *ids', changes: 'id, v, place' }).upgrade(takeOver.shelves)
  return database as ContentDatabase
}

/** Empties the lists of earlier versions. @returns whether anything was in them, or noted of them */
export async function clearEarlier(db: ContentDatabase): Promise<boolean> {
  const tables = Object.keys({ ...FIRST, ...SHELVES }).map((name) => db.table<unknown, string>(name))
  const all = [db.state, ...tables]
  // Nearly always there is nothing, and whoever reads lists would wait for a transaction that may write.
  const counts = await db.transaction('r', all, async () => {
    const noted = db.state.where('key').anyOf(EARLIER_STATE).count()
    return Promise.all([noted, ...tables.map((table) => table.count())])
  })
  if (counts.every((count) => count === 0)) return false
  await db.transaction('rw', all, async () => {
    await Promise.all([db.state.bulkDelete(EARLIER_STATE), ...tables.map((table) => table.clear())])
  })
  return true
}

/** Version of the tables, as the browser counts: Dexie leaves room for ten repairs between two. */
export function nativeVersion(db: Dexie): number {
  return db.verno * 10
}

/** How far the copy has come. */
export async function storedCursor(db: ContentDatabase): Promise<Cursor | undefined> {
  const row = await db.state.get('position')
  if (row?.key !== 'position') return undefined
  const { key, ...cursor } = row
  return cursor
}

/** Runs the task in a transaction over lists and state. Dexie follows what is awaited inside only where it is given an async function. */
export function inLists<T>(db: ContentDatabase, mode: 'r' | 'rw', task: () => Promise<T>): Promise<T> {
  return db.transaction(mode, db.state, db.blocks, db.changes, async () => task())
}

/** Runs the task in a writing transaction over everything. */
export function inAll<T>(db: ContentDatabase, task: () => Promise<T>): Promise<T> {
  return db.transaction('rw', [db.state, db.blocks, db.changes, db.volumes, db.texts], async () => task())
}

/** Runs the task in a writing transaction over bodies and state. */
export function inBodies<T>(db: ContentDatabase, task: () => Promise<T>): Promise<T> {
  return db.transaction('rw', db.state, db.volumes, db.texts, async () => task())
}
