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
  const last = (await volumes.toCollection().last())?.n ?? 0
  const bound = slices(bodies, VOLUME_BODIES).map((volume, at) => ({ n: last + 1 + at, volume }))
  for (const some of slices(bound, SLICE_VOLUMES)) {
    await Promise.all([
      volumes.bulkPut(some.map(({ n, volume }) => ({ n, digests: volume.map(({ sha256 }) => sha256) }))),
      texts.bulkPut(some.map(({ n, volume }) => ({ n, texts: volume.map(({ text }) => text) }))),
    ])
  }
}

/** The text with this digest; undefined where it is not here. */
export async function boundText({ volumes, texts }: BodyTables, sha256: string): Promise<string | undefined> {
  const volume = await volumes.where('digests').equals(sha256).first()
  const bound = volume && (await texts.get(volume.n))
  return bound?.texts[volume!.digests.indexOf(sha256)]
}

/**
 * Drops bodies.
 * @param isDropped by its digest
 * @param whole only volumes of which nothing stays: to write what stays of others, a phone needs room
 * @returns the digests of what has gone
 */
export async function unbind(
  { volumes, texts }: BodyTables,
  isDropped: (sha256: string) => boolean,
  { whole }: { whole: boolean },
): Promise<string[]> {
  const touched = (await volumes.toArray()).filter(({ digests }) => digests.some(isDropped))
  const over = touched.filter(({ digests }) => digests.every(isDropped))
  const parted = whole ? [] : touched.filter(({ digests }) => !digests.every(isDropped))
  for (const table of [volumes, texts]) await table.bulkDelete(over.map(({ n }) => n))
  for (const some of slices(parted, SLICE_VOLUMES)) {
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
  }
  return [...over, ...parted].flatMap(({ digests }) => digests.filter(isDropped))
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))
}
