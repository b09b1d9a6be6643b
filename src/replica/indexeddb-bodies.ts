import { type ContentDatabase, inAll, inBodies, storedCursor } from './database.ts'
import { isRow } from './rows.ts'
import { asStorageFailure } from './storage-failure.ts'
import type { Body } from './store.ts'
import { bind, boundText, unbind } from './volumes.ts'

/** Rows read at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 200

/** Writes bodies. Call it inside a transaction that holds `state` and the tables of bodies. */
export async function addBodies(db: ContentDatabase, bodies: readonly Body[]): Promise<void> {
  if (bodies.length === 0) return
  await bind(db, bodies)
  await countTurn(db)
}

/** The text of a body, if it is here. */
export function bodyText(db: ContentDatabase, sha256: string): Promise<string | undefined> {
  return db.transaction('r', db.volumes, db.texts, () => boundText(db, sha256))
}

/** Those of these digests whose body is not here. */
export async function missingBodies(db: ContentDatabase, sha256s: readonly string[]): Promise<string[]> {
  const here = new Set(await db.volumes.where('digests').anyOf(sha256s).keys())
  return sha256s.filter((sha256) => !here.has(sha256))
}

/** Drops bodies. @returns the digests of what has gone: on a full phone some cannot go without others */
export function dropBodies(db: ContentDatabase, sha256s: readonly string[]): Promise<string[]> {
  const dropped = new Set(sha256s)
  return wholeIfFull((how) =>
    inBodies(db, async () => {
      const gone = await unbind(db, (sha256) => dropped.has(sha256), how)
      if (gone.length > 0) await countTurn(db)
      return gone
    }),
  )
}

/** Drops the bodies that no row has. @returns how many */
export function dropOrphanBodies(db: ContentDatabase): Promise<number> {
  return wholeIfFull((how) =>
    inAll(db, 'rw', async () => {
      const wanted = await digestsWanted(db)
      const gone = wanted === undefined ? [] : await unbind(db, (sha256) => !wanted.has(sha256), how)
      if (gone.length > 0) await countTurn(db)
      return gone.length
    }),
  )
}

async function wholeIfFull<T>(drop: (how: { whole: boolean }) => Promise<T>): Promise<T> {
  try {
    return await drop({ whole: false })
  } catch (error) {
    if (asStorageFailure(error).reason !== 'full') throw error
    return drop({ whole: true })
  }
}

/** Of the bodies of every row; undefined without a copy. */
async function digestsWanted(db: ContentDatabase): Promise<Set<string> | undefined> {
  const cursor = await storedCursor(db)
  if (cursor === undefined) return undefined
  const wanted = new Set<string>()
  for (let after = ''; ;) {
    const rows = await db[cursor.shelf].where('id').above(after).limit(SLICE_ROWS).toArray()
    for (const row of rows) if (isRow(row)) wanted.add(row.body.sha256)
    const last = rows.at(-1)
    if (last === undefined) return wanted
    after = last.id
  }
}

async function countTurn(db: ContentDatabase): Promise<void> {
  const counted = await db.state.get('bodies')
  await db.state.put({ key: 'bodies', turn: counted?.key === 'bodies' ? counted.turn + 1 : 1 })
}
