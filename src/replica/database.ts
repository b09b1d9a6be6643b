import { Dexie, type Table } from 'dexie'
import type { Cursor, Row } from './store.ts'

/** The copy stands on one shelf while the next one is filled; one write to `meta` then swaps them. */
export type Shelf = 'recordsA' | 'recordsB'
export type StoredCursor = Cursor & { key: 'cursor'; shelf: Shelf }
type Meta = StoredCursor | { key: 'contact'; at: number } | { key: 'staging'; filling: string }
export type ContentDatabase = Dexie & Record<Shelf, Table<Row, string>> & { meta: Table<Meta, string> }

/** Name of the database on the phone. Everything in it can be fetched again. */
export const CONTENT_DATABASE = 'luodi-content'

/**
 * Describes the database; it is opened with the first use. Dexie's result cache stays off: it shows writes before they are
 * committed, and a list must never be ahead of its cursor.
 */
export function contentDatabase(name: string): ContentDatabase {
  const database = new Dexie(name, { cache: 'disabled' })
  database.version(1).stores({ recordsA: 'id, kind', recordsB: 'id, kind', meta: 'key' })
  return database as ContentDatabase
}

/** The cursor as stored, with the shelf that the copy stands on. Call it inside a transaction that holds `meta`. */
export async function storedCursor(db: ContentDatabase): Promise<StoredCursor | undefined> {
  const row = await db.meta.get('cursor')
  return row?.key === 'cursor' ? row : undefined
}

/** Runs the task in a transaction over everything. */
export function inAll<T>(db: ContentDatabase, mode: 'r' | 'rw', task: () => Promise<T>): Promise<T> {
  return db.transaction(mode, db.meta, db.recordsA, db.recordsB, task)
}

/** Reads cursor and shelf in one transaction, so that a swap cannot come between. */
export function onShelf<T>(
  db: ContentDatabase,
  empty: T,
  read: (shelf: Table<Row, string>) => PromiseLike<T>,
): Promise<T> {
  return inAll(db, 'r', async () => {
    const cursor = await storedCursor(db)
    return cursor === undefined ? empty : read(db[cursor.shelf])
  })
}
