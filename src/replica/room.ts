import { type BodyIndex, newerFirst, type Wanted } from './body-index.ts'
import { dropMediaBut, dropShown } from './media-cache.ts'
import { storageInfo } from './site-storage.ts'
import type { ContentStore } from './store.ts'

/** Room that is left to what the person writes, bytes. */
const RESERVE_BYTES = 20_000_000

/** Whether the platform says that there is room for more; it does not always say. */
export async function hasRoom(): Promise<boolean> {
  const { used, quota } = await storageInfo()
  return used === undefined || quota === undefined || quota - used > Math.min(RESERVE_BYTES, quota / 10)
}

interface Need {
  /** What the person keeps stays. */
  isKept: (row: Wanted) => boolean
  /** How much is enough. */
  bytes: number
  /** Bodies of records as new as this one, or newer, stay too. */
  than?: Wanted
}

/**
 * Makes room: what only a tab of the first release reads, then what was only shown and pictures and files first, then the oldest bodies, of what nobody keeps. The lists stay.
 * @returns whether anything has gone
 */
export async function makeRoom(store: ContentStore, index: BodyIndex, need: Need): Promise<boolean> {
  if (await store.dropFirst()) return true
  const kept = [...index.rows.values()].filter(need.isKept)
  const paths = kept.flatMap(({ files }) => files.map(({ path }) => path))
  const isGone = await dropShown()
  return (await dropMediaBut(new Set(paths))) > 0 || isGone || (await dropTexts(store, index, need))
}

/**
 * Drops the oldest bodies that nobody keeps.
 * @returns whether there were any
 */
export async function dropTexts(
  store: ContentStore,
  index: BodyIndex,
  { isKept, bytes, than }: Need,
): Promise<boolean> {
  const rows = [...index.rows.values()]
  const kept = new Set(rows.filter(isKept).map(({ body }) => body.sha256))
  const old = rows
    .filter(({ body }) => index.here.has(body.sha256) && !kept.has(body.sha256))
    .filter((row) => than === undefined || newerFirst(row, than) > 0)
    .sort((a, b) => newerFirst(b, a))
  const dropped: string[] = []
  let freed = 0
  for (const { body } of old) {
    if (freed >= bytes) break
    dropped.push(body.sha256)
    freed += body.bytes
  }
  await store.dropBodies(dropped)
  dropped.forEach((sha256) => index.here.delete(sha256))
  return dropped.length > 0
}
