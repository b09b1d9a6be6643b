import { type ContentDatabase, inBodies, storedCursor } from './database.ts'
import { asStorageFailure } from './storage-failure.ts'
import { type Body, type Cursor, sameCursor } from './store.ts'
import { bind, boundTexts, dropVolumes, giveUpVolume, thinVolumes } from './volumes.ts'

/** Writes bodies. Call it inside a transaction that holds `state` and the tables of bodies. */
export async function addBodies(db: ContentDatabase, bodies: readonly Body[]): Promise<void> {
  if (bodies.length > 0) await Promise.all([bind(db, bodies), countTurn(db)])
}

/** The texts of those of these bodies that are here, by their digest. */
export function bodyTexts(db: ContentDatabase, sha256s: readonly string[]): Promise<Map<string, string>> {
  return db.transaction('r', db.volumes, db.texts, async () => boundTexts(db, sha256s))
}

/** Those of these digests whose body is not here. */
export async function missingBodies(db: ContentDatabase, sha256s: readonly string[]): Promise<string[]> {
  const here = new Set(await db.volumes.where('digests').anyOf(sha256s).keys())
  return sha256s.filter((sha256) => !here.has(sha256))
}

/**
 * Drops bodies. Where a full phone has no room to write what stays beside them, volume after volume makes way whole but for what is
 * kept, until there is.
 * @returns the digests of these bodies, and of what went with them, that are not here any more
 */
export async function dropBodies(
  db: ContentDatabase,
  sha256s: readonly string[],
  isKept: (sha256: string) => boolean,
): Promise<string[]> {
  const dropped = new Set(sha256s)
  const isDropped = (sha256: string) => dropped.has(sha256)
  const before = await digestsHere(db)
  await dropWhole(db, () => dropVolumes(db, ({ digests }) => digests.every(isDropped)))
  const thinAll = async () => {
    while (await inBodies(db, () => counted(db, () => thinVolumes(db, isDropped))));
  }
  while ((await orFull(thinAll)) === 'full') {
    const givenUp = await orFull(() => dropWhole(db, () => giveUpVolume(db, isDropped, isKept)))
    if (givenUp === 'full' || givenUp === 0) break
  }
  const here = new Set(await digestsHere(db))
  return [...new Set([...sha256s, ...before])].filter((sha256) => !here.has(sha256))
}

/** Drops bodies that no row has at this state of the copy; on a full phone, those beside which nothing stays. */
export async function dropOrphanBodies(db: ContentDatabase, sha256s: readonly string[], at: Cursor): Promise<void> {
  const orphans = new Set(sha256s)
  const isOrphan = (sha256: string) => orphans.has(sha256)
  const ifAt = async (task: () => Promise<number>) => (sameCursor(await storedCursor(db), at) ? task() : 0)
  await dropWhole(db, () => ifAt(() => dropVolumes(db, ({ digests }) => digests.every(isOrphan))))
  const thinAll = async () => {
    while (await inBodies(db, () => ifAt(() => counted(db, () => thinVolumes(db, isOrphan)))));
  }
  await orFull(thinAll)
}

/**
 * Drops bodies. A full phone refuses each transaction that writes, however much it drops: then their turn, which would be counted, goes
 * with them, and is counted anew where there is room.
 */
async function dropWhole(db: ContentDatabase, drop: () => Promise<number>): Promise<number> {
  const dropped = await orFull(() => inBodies(db, () => counted(db, drop)))
  if (dropped !== 'full') return dropped
  const count = await inBodies(db, async () => {
    const some = await drop()
    if (some > 0) await db.state.delete('bodies')
    return some
  })
  await orFull(() => inBodies(db, () => countTurn(db)))
  return count
}

async function orFull<T>(task: () => Promise<T>): Promise<T | 'full'> {
  try {
    return await task()
  } catch (error) {
    if (asStorageFailure(error).reason !== 'full') throw error
    return 'full'
  }
}

async function digestsHere(db: ContentDatabase): Promise<string[]> {
  return (await db.volumes.toArray()).flatMap(({ digests }) => digests)
}

/** Counts the turn of bodies if the task changes any. */
async function counted(db: ContentDatabase, task: () => Promise<number>): Promise<number> {
  const count = await task()
  if (count > 0) await countTurn(db)
  return count
}

async function countTurn(db: ContentDatabase): Promise<void> {
  const before = await db.state.get('bodies')
  // None that was there before: whoever has seen that turn has seen other bodies.
  const turn = before?.key === 'bodies' ? before.turn + 1 : Math.floor(Math.random() * 2 ** 48)
  await db.state.put({ key: 'bodies', turn })
}
