import { Dexie, type Table, type Transaction } from 'dexie'
import type { Cursor, Gone, Row } from './store.ts'
import type { BodyTables } from './volumes.ts'

/** The lists stand on one shelf while the next ones are filled; one write to `state` then swaps them. */
export type Shelf = 'listA' | 'listB'
export type StoredCursor = Cursor & { key: 'cursor'; shelf: Shelf }
type State =
  | StoredCursor
  /** Without `listBytes` where an earlier release wrote it. */
  | { key: 'contact'; at: number; listBytes?: number }
  | { key: 'staging'; filling: string }
  /** Counts up whenever bodies come or go, so that whoever has read them sees it (`search/content-source.ts`). */
  | { key: 'bodies'; turn: number }
export type ContentDatabase = Dexie &
  Record<Shelf, Table<Row | Gone, string>> &
  BodyTables & { state: Table<State, string> }

/** Name of the database on the phone. Everything in it can be fetched again. */
export const CONTENT_DATABASE = 'luodi-content'

/** The tables of the first version. A tab of that release that is still open finds them, fills them again, and touches nothing else. */
const FIRST = { recordsA: 'id, kind', recordsB: 'id, kind', meta: 'key' }

/**
 * Describes the database; it is opened with the first use. Dexie's result cache stays off: it shows writes before they are
 * committed, and a list must never be ahead of its cursor.
 * @param takeOver what the first version holds is not thrown away; it comes from outside, for it needs the schemas, and this
 *   file is evaluated before them, and before all else of this room
 */
export function contentDatabase(name: string, takeOver: (trx: Transaction) => Promise<void>): ContentDatabase {
  const database = new Dexie(name, { cache: 'disabled' })
  database.version(1).stores(FIRST)
  database
    .version(2)
    .stores({ listA: 'id, v, place', listB: 'id, v, place', volumes: 'n, *digests', texts: 'n', state: 'key' })
    .upgrade(takeOver)
  // The same tables. What a release of the second version cannot read is in them: bodies in bytes.
  database.version(3)
  return database as ContentDatabase
}

/** Empties the tables of the first version. @returns whether anything was in them */
export function clearFirst(db: ContentDatabase): Promise<boolean> {
  const tables = Object.keys(FIRST).map((name) => db.table<unknown, string>(name))
  return db.transaction('rw', tables, async () => {
    const counts = await Promise.all(tables.map((table) => table.count()))
    await Promise.all(tables.map((table) => table.clear()))
    return counts.some((count) => count > 0)
  })
}

/** Version of the tables, as the browser counts: Dexie leaves room for ten repairs between two. */
export function nativeVersion(db: Dexie): number {
  return db.verno * 10
}

/** The cursor as stored, with the shelf that the copy stands on. Call it inside a transaction that holds `state`. */
export async function storedCursor(db: ContentDatabase): Promise<StoredCursor | undefined> {
  const row = await db.state.get('cursor')
  return row?.key === 'cursor' ? row : undefined
}

/** Runs the task in a transaction over lists and state. Dexie follows what is awaited inside only where it is given an async function. */
export function inLists<T>(db: ContentDatabase, mode: 'r' | 'rw', task: () => Promise<T>): Promise<T> {
  return db.transaction(mode, db.state, db.listA, db.listB, async () => task())
}

/** Runs the task in a transaction over everything. */
export function inAll<T>(db: ContentDatabase, mode: 'r' | 'rw', task: () => Promise<T>): Promise<T> {
  return db.transaction(mode, [db.state, db.listA, db.listB, db.volumes, db.texts], async () => task())
}

/** Runs the task in a writing transaction over bodies and state. */
export function inBodies<T>(db: ContentDatabase, task: () => Promise<T>): Promise<T> {
  return db.transaction('rw', db.state, db.volumes, db.texts, async () => task())
}

/** Reads cursor and shelf in one transaction, so that a swap cannot come between. */
export function onShelf<T>(
  db: ContentDatabase,
  empty: T,
  read: (shelf: Table<Row | Gone, string>, cursor: StoredCursor) => PromiseLike<T>,
): Promise<T> {
  return inLists(db, 'r', async () => {
    const cursor = await storedCursor(db)
    return cursor === undefined ? empty : read(db[cursor.shelf], cursor)
  })
}
