import { v4 as uuid } from 'uuid'
import type { Snapshot } from '#domain/feed.ts'
import { type ContentDatabase, inAll, type Shelf, storedCursor } from './database.ts'
import { rowsOf } from './rows.ts'
import { type Cursor, sameCursor } from './store.ts'

/** Rows written in one transaction while a snapshot is staged: short enough to keep the page's own writes and taps going. */
const STAGE_ROWS = 1000

interface Staging {
  free: Shelf
  filling: string
  expected: Cursor | undefined
}

/**
 * Fills the free shelf, then swaps. The shelf is claimed by a token, which every write checks: two tabs that stage at once,
 * or one that died half-way, can never end in a mixed copy.
 * @param expected the cursor that the decision rested on
 * @returns false when another tab changed the copy or claimed the shelf; nothing is shown of the snapshot then
 */
export async function replaceAll(
  db: ContentDatabase,
  snapshot: Snapshot,
  expected: Cursor | undefined,
): Promise<boolean> {
  const staging = await claim(db, expected)
  if (staging === undefined) return false
  try {
    return (await fill(db, snapshot, staging)) && (await swap(db, snapshot, staging))
  } catch (error) {
    // Gives the room back. If this fails as well, the next staging does it; the first error is the one to report.
    await discard(db, staging).catch(() => undefined)
    throw error
  }
}

function claim(db: ContentDatabase, expected: Cursor | undefined): Promise<Staging | undefined> {
  return inAll(db, 'rw', async () => {
    const cursor = await storedCursor(db)
    if (!sameCursor(cursor, expected)) return undefined
    const staging: Staging = { free: cursor?.shelf === 'recordsA' ? 'recordsB' : 'recordsA', filling: uuid(), expected }
    await db[staging.free].clear()
    await db.meta.put({ key: 'staging', filling: staging.filling })
    return staging
  })
}

async function fill(db: ContentDatabase, snapshot: Snapshot, staging: Staging): Promise<boolean> {
  const rows = rowsOf(snapshot, staging.filling)
  for (let start = 0; start < rows.length; start += STAGE_ROWS) {
    const mine = await db.transaction('rw', db.meta, db[staging.free], async () => {
      if (!(await isClaimed(db, staging))) return false
      await db[staging.free].bulkPut(rows.slice(start, start + STAGE_ROWS))
      return true
    })
    if (!mine) return false
  }
  return true
}

function swap(db: ContentDatabase, snapshot: Snapshot, staging: Staging): Promise<boolean> {
  return inAll(db, 'rw', async () => {
    const cursor = await storedCursor(db)
    if (!(await isClaimed(db, staging)) || !sameCursor(cursor, staging.expected)) return false
    const staged = await db[staging.free].count()
    if (staged !== snapshot.count) throw new Error(`staged ${staged} records of ${snapshot.count}`)
    if (cursor !== undefined) await db[cursor.shelf].clear()
    const { epoch, version } = snapshot
    await db.meta.put({ key: 'cursor', epoch, version, filling: staging.filling, shelf: staging.free })
    await db.meta.delete('staging')
    return true
  })
}

async function discard(db: ContentDatabase, staging: Staging): Promise<void> {
  await db.transaction('rw', db.meta, db[staging.free], async () => {
    if (!(await isClaimed(db, staging))) return
    await db[staging.free].clear()
    await db.meta.delete('staging')
  })
}

async function isClaimed(db: ContentDatabase, staging: Staging): Promise<boolean> {
  const claimed = await db.meta.get('staging')
  return claimed?.key === 'staging' && claimed.filling === staging.filling
}
