import { type BodyIndex, newerFirst, type Wanted } from './body-index.ts'
import { distinctFiles, type Share, shareOf } from './bringing.ts'
import { dropMediaBut, dropShown, unlessFailed } from './media-cache.ts'
import type { ContentStore } from './store.ts'
import type { Wishes } from './wishes.ts'

interface Need {
  /** What the person keeps stays, and while that is not known, everything. */
  kept: Pick<Wishes, 'knowsKept' | 'isKept'>
  /** How much is enough. */
  bytes: number
  /** Bodies of records as new as this one, or newer, stay too, unless most of what lies together with them is older. */
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
  const oldest = upTo(bytes, old)
  const whole =
    bytes === Infinity
      ? { digests: [], isEnough: false }
      : wholeVolumes(index, { oldest: new Set(oldest), old: new Set(old.map(digestOf)), kept, bytes })
  const dropped = whole.isEnough ? whole.digests : [...new Set([...whole.digests, ...oldest])]
  const gone = await store.dropBodies(dropped, (sha256) => kept.has(sha256))
  gone.forEach((sha256) => index.here.delete(sha256))
  return { gone: gone.length, left: dropped.filter((sha256) => index.here.has(sha256)).length }
}

const digestOf = ({ body }: Wanted) => body.sha256

function upTo(bytes: number, rows: readonly Wanted[]): string[] {
  const digests: string[] = []
  let sum = 0
  for (const { body } of rows) {
    if (sum >= bytes) break
    digests.push(body.sha256)
    sum += body.bytes
  }
  return digests
}

/**
 * What lies together with the oldest, as volumes: to drop one whole takes no room, to drop a part of it means writing the rest anew. Of
 * each most are old, and none is kept.
 */
function wholeVolumes(
  { rows, volumes }: BodyIndex,
  { oldest, old, kept, bytes }: Record<'oldest' | 'old' | 'kept', ReadonlySet<string>> & { bytes: number },
): { digests: string[]; isEnough: boolean } {
  const sizes = new Map(Array.from(rows.values(), ({ body }) => [body.sha256, body.bytes]))
  const share = (digests: readonly string[], some: ReadonlySet<string>) =>
    digests.filter((sha256) => some.has(sha256)).length / digests.length
  const ranked = volumes
    .filter((digests) => !digests.some((sha256) => kept.has(sha256)))
    .map((digests) => ({ digests, oldest: share(digests, oldest) }))
    .filter((volume) => volume.oldest > 0 && share(volume.digests, old) > 1 / 2)
    .sort((a, b) => b.oldest - a.oldest)
  const digests: string[] = []
  let sum = 0
  for (const volume of ranked) {
    if (sum >= bytes) break
    digests.push(...volume.digests)
    for (const sha256 of volume.digests) sum += sizes.get(sha256) ?? 0
  }
  return { digests, isEnough: sum >= bytes }
}
