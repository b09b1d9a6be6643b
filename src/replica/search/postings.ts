import { BitWriter } from './bits.ts'
import { IN_TEXT, IN_TITLE, type Place } from './document.ts'
import { Found } from './found.ts'

/**
 * Where something stands: documents in ascending order, the best place in each, and for pairs of units their positions, ascending;
 * those of document `n` end at `ends[n]` in `positions`.
 */
export interface Postings {
  docs: number[]
  places: Place[]
  ends: number[]
  positions: number[]
}

export const noPostings = (): Postings => ({ docs: [], places: [], ends: [], positions: [] })

/** Made once: most lists are a few bytes long. */
const writer = new BitWriter()

/** Bits of the code's parameter, at the beginning of a part. */
export const K_BITS = 5

/**
 * What a list is of: a single unit, which is its code, or two units that stand side by side, which are their codes one after the
 * other. No unit is 0.
 */
export const pairOf = (first: number, second: number) => ((first << 16) | second) >>> 0
export const isPair = (units: number) => units > 0xffff

/**
 * Keys of lists, four for whatever a list is of. The first: documents, each with its best place only; single units have nothing
 * else. The second: every position in them too, as pairs have. A pair whose list is long has, in place of that, the first, so that
 * who looks for the pair alone need not read where it stands; and the third, with the positions.
 */
export const documentsKey = (units: number) => units * 4
export const positionsKey = (units: number) => units * 4 + 1
export const longKey = (units: number) => units * 4 + 2
export const unitsOfKey = (key: number) => Math.floor(key / 4)
export const hasPositions = (key: number) => key % 4 > 0
export const isLong = (key: number) => key % 4 === 2

/** The parameter of a list of documents that stands as the bits of `Found`. */
export const DENSE = 31
/** From one document in so many on: it takes more room, and is read at once. */
const DENSE_FROM = 8

/** Writes the documents of a list. */
export function encodeDocuments(list: Postings): Uint8Array {
  const { docs, places } = list
  const below = docs.at(-1)! + 1
  if (docs.length * DENSE_FROM < below) return encode(list, 0, docs.length)
  const found = new Found(below)
  docs.forEach((doc, n) => found.add(doc, places[n]!))
  const bytes = new Uint8Array(1 + found.bits.byteLength)
  bytes[0] = DENSE << (8 - K_BITS)
  bytes.set(new Uint8Array(found.bits.buffer), 1)
  return bytes
}

/**
 * Writes some documents of a list. First for each the distance from the one before (Rice's code), its place, and of a pair how
 * often it stands there (gamma code); then all positions, in as many bits as a document's length takes, so that one can be read
 * without those before it.
 * @param widths bits that hold any position, by document; without them no positions are written
 */
export function encode({ docs, places, ends, positions }: Postings, from: number, to: number, widths?: Uint8Array) {
  let before = from === 0 ? -1 : docs[from - 1]!
  const k = bestK(docs[to - 1]! - before, to - from)
  writer.write(k, K_BITS)
  const first = from === 0 ? 0 : ends[from - 1]!
  let at = first
  for (let n = from; n < to; n++) {
    writer.writeRice(docs[n]! - before - 1, k)
    before = docs[n]!
    if (places[n] === IN_TEXT) writer.write(0, 1)
    else writer.write(places[n] === IN_TITLE ? 2 : 3, 2)
    if (widths === undefined) continue
    writer.writeGamma(ends[n]! - at)
    at = ends[n]!
  }
  if (widths !== undefined) {
    at = first
    for (let n = from; n < to; n++) for (; at < ends[n]!; at++) writer.write(positions[at]!, widths[docs[n]!]!)
  }
  return writer.take()
}

/** The code's parameter for `count` documents below a number: near the binary logarithm of their mean distance. */
function bestK(below: number, count: number): number {
  const mean = below / count
  return mean < 2 ? 0 : Math.min(20, Math.floor(Math.log2(mean * 0.7)))
}
