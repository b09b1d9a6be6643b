import { type ContentDatabase, inAll, storedCursor } from './database.ts'
import { isRow } from './rows.ts'
import type { Body } from './store.ts'

/** Rows read at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 200

/** Bodies handed over at once, for the same reason. */
const SLICE_BODIES = 25

/** Writes bodies; to look first which are here takes as long. Call it inside a transaction that holds `bodies` and `state`. */
export async function addBodies(db: ContentDatabase, bodies: readonly Body[]): Promise<void> {
  if (bodies.length === 0) return
  for (let from = 0; from < bodies.length; from += SLICE_BODIES)
    await db.bodies.bulkPut(bodies.slice(from, from + SLICE_BODIES))
  await countTurn(db)
}

/** Drops bodies. Call it inside such a transaction, too. */
export async function dropBodies(db: ContentDatabase, sha256s: readonly string[]): Promise<void> {
  await db.bodies.bulkDelete([...sha256s])
  await countTurn(db)
}

async function countTurn(db: ContentDatabase): Promise<void> {
  const counted = await db.state.get('bodies')
  await db.state.put({ key: 'bodies', turn: counted?.key === 'bodies' ? counted.turn + 1 : 1 })
}

/** Those of these digests whose body is not here. */
export async function missingBodies(db: ContentDatabase, sha256s: readonly string[]): Promise<string[]> {
  const here = new Set(await db.bodies.where('sha256').anyOf(sha256s).primaryKeys())
  return sha256s.filter((sha256) => !here.has(sha256))
}

/** Drops the bodies that no row has. @returns how many */
export async function dropOrphanBodies(db: ContentDatabase): Promise<number> {
  return inAll(db, 'rw', async () => {
    const cursor = await storedCursor(db)
    if (cursor === undefined) return 0
    const wanted = new Set<string>()
    for (let after = ''; ;) {
      const rows = await db[cursor.shelf].where('id').above(after).limit(SLICE_ROWS).toArray()
      for (const row of rows) if (isRow(row)) wanted.add(row.body.sha256)
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.id
    }
    const orphans = (await db.bodies.toCollection().primaryKeys()).filter((sha256) => !wanted.has(sha256))
    if (orphans.length > 0) await dropBodies(db, orphans)
    return orphans.length
  })
}
