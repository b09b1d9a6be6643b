import type { Table } from 'dexie'
import { giveBack } from './give-back.ts'
import { bodyText } from './lines.ts'
import type { Body, Volume } from './store.ts'

/**
 * A volume is full with so many bytes. The fewer there are, the sooner they are written; but whoever reads one text reads all of them,
 * and so much is read in a moment.
 */
const VOLUME_BYTES = 262_144
/** Bodies written anew at once, as far as a volume has no more. */
const SLICE_BODIES = 200

/** The bodies of a volume, one after the other, in the order of its digests: these are often read alone. */
interface Bound {
  n: number
  lengths: number[]
  bytes: Uint8Array<ArrayBuffer>
  /** The second release, should it ever open this database again, would write a list of no texts where there is none; on this it fails. */
  texts: ''
}

/** As the second version of the database has them. They stay so until they are written anew. */
interface BoundTexts {
  n: number
  texts: string[]
}

export type Texts = Bound | BoundTexts

/** Where bodies are. What is called here is called inside a transaction that holds both. */
export interface BodyTables {
  volumes: Table<Volume, number>
  texts: Table<Texts, number>
}

/** Writes bodies. To look first which are here takes as long: a body may be in two volumes. */
export async function bind({ volumes, texts }: BodyTables, bodies: readonly Body[]): Promise<void> {
  let n = Number((await volumes.toCollection().lastKey()) ?? 0)
  // One after the other: a slow phone answers to a finger in between.
  for (const some of parted(bodies)) {
    n += 1
    await volumes.put({ n, digests: some.map(({ sha256 }) => sha256) })
    const row = bound(n, some.map(bytesOf))
    await texts.put(row)
    giveBack([row.bytes.buffer])
  }
}

/** The texts with these digests that are here. Those of a volume are read together: ask for them in the order in which they came. */
export async function boundTexts(
  { volumes, texts }: BodyTables,
  sha256s: readonly string[],
): Promise<Map<string, string>> {
  const missing = new Set(sha256s)
  const read = new Map<string, string>()
  for (const sha256 of missing) {
    const volume = await volumes.where('digests').equals(sha256).first()
    const pieces = piecesOf(volume && (await texts.get(volume.n)))
    volume?.digests.forEach((digest, at) => {
      const piece = pieces[at]
      if (piece !== undefined && missing.delete(digest)) read.set(digest, bodyText(piece))
    })
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
export async function thinVolumes(tables: BodyTables, isDropped: (sha256: string) => boolean): Promise<number> {
  const some: Volume[] = []
  let bodies = 0
  for (const volume of await tables.volumes.toArray()) {
    if (bodies >= SLICE_BODIES) break
    if (!volume.digests.some(isDropped)) continue
    some.push(volume)
    bodies += volume.digests.length
  }
  await Promise.all(some.map((volume) => thin(tables, volume, isDropped)))
  return some.length
}

/** Drops a volume of which something is dropped, all but what is kept of it: first one of which nothing is, and that loses least. @returns how many */
export async function giveUpVolume(
  tables: BodyTables,
  isDropped: (sha256: string) => boolean,
  isKept: (sha256: string) => boolean,
): Promise<number> {
  const some = (await tables.volumes.toArray())
    .filter(({ digests }) => digests.some(isDropped) && !digests.every(isKept))
    .map((volume) => ({
      volume,
      hasKept: volume.digests.some(isKept),
      loss: volume.digests.filter((sha256) => !isDropped(sha256)).length,
    }))
    .sort((a, b) => Number(a.hasKept) - Number(b.hasKept) || a.loss - b.loss)
  const first = some[0]
  if (first === undefined) return 0
  if (!first.hasKept) return dropVolumes(tables, ({ n }) => n === first.volume.n)
  await thin(tables, first.volume, (sha256) => !isKept(sha256))
  return 1
}

async function thin({ volumes, texts }: BodyTables, { n, digests }: Volume, isDropped: (sha256: string) => boolean) {
  const pieces = piecesOf(await texts.get(n))
  const stays = (_: unknown, at: number) => !isDropped(digests[at]!)
  await Promise.all([volumes.put({ n, digests: digests.filter(stays) }), texts.put(bound(n, pieces.filter(stays)))])
}

const bytesOf = ({ bytes }: Body) => bytes

function parted(bodies: readonly Body[]): Body[][] {
  const parts: Body[][] = []
  let left = 0
  for (const body of bodies) {
    if (left <= 0) {
      parts.push([])
      left = VOLUME_BYTES
    }
    parts.at(-1)!.push(body)
    left -= body.bytes.byteLength
  }
  return parts
}

function bound(n: number, pieces: readonly Uint8Array[]): Bound {
  const lengths = pieces.map(({ byteLength }) => byteLength)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let from = 0
  for (const piece of pieces) {
    bytes.set(piece, from)
    from += piece.byteLength
  }
  return { n, lengths, bytes, texts: '' }
}

const utf8 = new TextEncoder()

/** The bodies of a volume, as bytes, in the order of its digests; none without a volume. */
export function piecesOf(row: Pick<Bound, 'lengths' | 'bytes'> | Pick<BoundTexts, 'texts'> | undefined): Uint8Array[] {
  if (row === undefined) return []
  if (!('bytes' in row)) return row.texts.map((text) => utf8.encode(text))
  let to = 0
  return row.lengths.map((length) => row.bytes.subarray(to, (to += length)))
}
