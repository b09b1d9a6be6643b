import { type BodyIndex, newerFirst, type Wanted } from './body-index.ts'
import { distinctFiles, type Share, shareOf } from './bringing.ts'
import { dropMediaBut, dropShown, unlessFailed } from './media-cache.ts'
import { storageInfo } from './site-storage.ts'
import type { ContentStore } from './store.ts'
import type { Wishes } from './wishes.ts'

/** Room that is left to what the person writes, bytes. */
const RESERVE_BYTES = 20_000_000

/** Whether the platform says that there is room for more; it does not always say. */
export async function hasRoom(): Promise<boolean> {
  const { used, quota } = await storageInfo()
  return used === undefined || quota === undefined || quota - used > Math.min(RESERVE_BYTES, quota / 10)
}

interface Need {
  /** What the person keeps stays, and while that is not known, everything. */
  kept: Pick<Wishes, 'knowsKept' | 'isKept'>
  /** How much is enough. */
  bytes: number
  /** Bodies of records as new as this one, or newer, stay too. */
  than?: Wanted
}

/**
 * Makes room: what only a tab of an earlier release reads, then what was only shown, then pictures and files, then bodies, the oldest
 * first, of what nobody keeps. The lists stay.
 * @returns whether anything has gone
 */
export async function makeRoom(store: ContentStore, index: BodyIndex, need: Need): Promise<boolean> {
  if (await store.dropEarlier()) return true
  const shown = (await unlessFailed(dropShown())) ?? shareOf([])
  if (!need.kept.knowsKept || !index.isWhole) return shown.count > 0
  const files = (await unlessFailed(dropFiles(index, need.kept.isKept, need.bytes - shown.bytes))) ?? shareOf([])
  const bytes = need.bytes - shown.bytes - files.bytes
  const texts = bytes > 0 && index.isWhole ? await dropTexts(store, index, { ...need, bytes }) : { gone: 0 }
  return shown.count + files.count + texts.gone > 0
}

function dropFiles(index: BodyIndex, isKept: (row: Wanted) => boolean, bytes: number): Promise<Share> {
  const rows = [...index.rows.values()]
  const kept = distinctFiles(rows.filter(isKept)).map(({ path }) => path)
  // A file of several records is as new as the newest of them.
  return dropMediaBut(new Set(kept), distinctFiles(rows.sort(newerFirst)).reverse(), bytes)
}

/**
 * Drops the oldest bodies that nobody keeps.
 * @returns how many have gone, and how many of those that were to go are left, as may be where the phone is full
 */
export async function dropTexts(
  store: ContentStore,
  index: BodyIndex,
  { kept: { isKept }, bytes, than }: Need,
): Promise<{ gone: number; left: number }> {
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
  const gone = await store.dropBodies(dropped, (sha256) => kept.has(sha256))
  gone.forEach((sha256) => index.here.delete(sha256))
  return { gone: gone.length, left: dropped.filter((sha256) => index.here.has(sha256)).length }
}
