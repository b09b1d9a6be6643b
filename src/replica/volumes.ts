import type { Table } from 'dexie'
import type { Body, Volume } from './store.ts'

/** Bodies bound together: a request to the database costs more than the texts in it, and whoever reads one reads all of them. */
const VOLUME_BODIES = 8
/** Volumes handed over at once: a slow phone answers to a finger in between. */
const SLICE_VOLUMES = 10

/** The texts of a volume, in the order of its digests: these are often read alone. */
export interface Texts {
  n: number
  texts: string[]
}

/** Where bodies are. What is called here is called inside a transaction that holds both. */
export interface BodyTables {
  volumes: Table<Volume, number>
  texts: Table<Texts, number>
}

/** Writes bodies. To look first which are here takes as long: a body may be in two volumes. */
export async function bind({ volumes, texts }: BodyTables, bodies: readonly Body[]): Promise<void> {
  if (bodies.length === 0) return
  const last = (await volumes.toCollection().last())?.n ?? 0
  const bound = slices(bodies, VOLUME_BODIES).map((volume, at) => ({ n: last + 1 + at, volume }))
  for (const some of slices(bound, SLICE_VOLUMES)) {
    await Promise.all([
      volumes.bulkPut(some.map(({ n, volume }) => ({ n, digests: volume.map(({ sha256 }) => sha256) }))),
      texts.bulkPut(some.map(({ n, volume }) => ({ n, texts: volume.map(({ text }) => text) }))),
    ])
  }
}

/** The texts with these digests that are here. Those of a volume are read together: ask for them in the order in which they came. */
export async function boundTexts(
  { volumes, texts }: BodyTables,
  sha256s: readonly string[],
): Promise<Map<string, string>> {
  const read = new Map<string, string>()
  for (const sha256 of sha256s) {
    if (read.has(sha256)) continue
    const volume = await volumes.where('digests').equals(sha256).first()
    const bound = volume && (await texts.get(volume.n))
    bound?.texts.forEach((text, at) => read.set(volume!.digests[at]!, text))
  }
  return read
}

/** Drops whole volumes: that takes no room. @returns how many */
export async function dropVolumes(
  { volumes, texts }: BodyTables,
  isOver: (volume: Volume) => boolean,
): Promise<number> {
  const over = (await volumes.toArray()).filter(isOver).map(({ n }) => n)
  await Promise.all([volumes.bulkDelete(over), texts.bulkDelete(over)])
  return over.length
}

/** Writes some volumes anew without what is dropped; something must stay of each. @returns how many: none when that was all */
export async function thinVolumes(
  { volumes, texts }: BodyTables,
  isDropped: (sha256: string) => boolean,
): Promise<number> {
  const all = await volumes.toArray()
  const some = all.filter(({ digests }) => digests.some(isDropped)).slice(0, SLICE_VOLUMES)
  const bound = await texts.bulkGet(some.map(({ n }) => n))
  const stays = some.map(
    ({ digests }) =>
      (_: string, at: number) =>
        !isDropped(digests[at]!),
  )
  await Promise.all([
    volumes.bulkPut(some.map(({ n, digests }, at) => ({ n, digests: digests.filter(stays[at]!) }))),
    texts.bulkPut(some.map(({ n }, at) => ({ n, texts: (bound[at]?.texts ?? []).filter(stays[at]!) }))),
  ])
  return some.length
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))
}
