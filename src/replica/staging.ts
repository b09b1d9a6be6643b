import { v4 as uuid } from 'uuid'
import type { Put } from '#domain/feed-v2.ts'
import { type ContentDatabase, inLists, type Shelf, storedCursor } from './database.ts'
import { rowOf } from './rows.ts'
import { type Cursor, type ListFile, type Row, sameCursor } from './store.ts'

/** Rows parsed and handed to the database at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 50
/** Slices under way: the database has the next one when it has stored one. */
const STORING = 2

interface Staging {
  free: Shelf
  filling: string
  expected: Cursor | undefined
}

/**
 * Fills the free shelf, then swaps. The shelf is claimed by a token, which every write checks: two tabs that stage at once,
 * or one that died half-way, can never end in a mixed copy.
 * @param expected the cursor that the decision rested on
 * @returns false when another tab changed the copy or claimed the shelf; nothing is shown of the list then
 */
export async function replaceAll(db: ContentDatabase, list: ListFile, expected: Cursor | undefined): Promise<boolean> {
  const staging = await claim(db, expected)
  if (staging === undefined) return false
  try {
    return (await fill(db, list, staging)) && (await swap(db, list, staging))
  } catch (error) {
    // Gives the room back. If this fails as well, the next staging does it; the first error is the one to report.
    await discard(db, staging).catch(() => undefined)
    throw error
  }
}

function claim(db: ContentDatabase, expected: Cursor | undefined): Promise<Staging | undefined> {
  return inLists(db, 'rw', async () => {
    const cursor = await storedCursor(db)
    if (!sameCursor(cursor, expected)) return undefined
    const staging: Staging = { free: cursor?.shelf === 'listA' ? 'listB' : 'listA', filling: uuid(), expected }
    await db[staging.free].clear()
    await db.state.put({ key: 'staging', filling: staging.filling })
    return staging
  })
}

/** Stores what has come while the rest is on its way. */
async function fill(db: ContentDatabase, list: ListFile, staging: Staging): Promise<boolean> {
  const shelf = db[staging.free]
  for await (const puts of list.puts()) {
    const isOurs = await db.transaction('rw', db.state, shelf, async () => {
      const isOurs = await isClaimed(db, staging)
      if (isOurs) await putSlices(shelf, puts[Symbol.iterator]())
      return isOurs
    })
    if (!isOurs) return false
  }
  return true
}

/** Parses the next rows while those before them are stored. */
async function putSlices(shelf: ContentDatabase[Shelf], puts: Iterator<Put>): Promise<void> {
  const storing: PromiseLike<unknown>[] = []
  try {
    for (;;) {
      const rows = take(puts)
      if (rows.length === 0) return
      if (storing.length === STORING) await storing.shift()
      storing.push(shelf.bulkPut(rows))
    }
  } finally {
    // What cannot be read, or stored, is told when nothing is under way any more.
    await Promise.all(storing)
  }
}

function take(puts: Iterator<Put>): Row[] {
  const rows: Row[] = []
  while (rows.length < SLICE_ROWS) {
    const next = puts.next()
    if (next.done === true) break
    rows.push(rowOf(next.value))
  }
  return rows
}

function swap(db: ContentDatabase, list: ListFile, staging: Staging): Promise<boolean> {
  return inLists(db, 'rw', async () => {
    const cursor = await storedCursor(db)
    if (!(await isClaimed(db, staging)) || !sameCursor(cursor, staging.expected)) return false
    if (cursor !== undefined) await db[cursor.shelf].clear()
    const { epoch, version } = list
    await db.state.put({ key: 'cursor', epoch, version, filling: staging.filling, shelf: staging.free })
    await db.state.delete('staging')
    return true
  })
}

async function discard(db: ContentDatabase, staging: Staging): Promise<void> {
  await db.transaction('rw', db.state, db[staging.free], async () => {
    if (!(await isClaimed(db, staging))) return
    await db[staging.free].clear()
    await db.state.delete('staging')
  })
}

async function isClaimed(db: ContentDatabase, staging: Staging): Promise<boolean> {
  const claimed = await db.state.get('staging')
  return claimed?.key === 'staging' && claimed.filling === staging.filling
}
