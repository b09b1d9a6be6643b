import { BitWriter } from './bits.ts'
import { IN_TEXT, IN_TITLE, type Place } from './document.ts'

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
 * Keys of lists. A single unit has the key that is its code: a list of the documents that hold it, with its best place only. Two
 * units that stand side by side have their codes, one after the other: a list with every position. No unit is 0.
 */
export const pairKey = (first: number, second: number) => ((first << 16) | second) >>> 0
export const isPair = (key: number) => key > 0xffff

/**
 * Writes some documents of a list. First for each the distance from the one before (Rice's code), its place, and of a pair how
 * often it stands there (gamma code); then all positions, in as many bits as a document's length takes, so that one can be read
 * without those before it.
 * @param widths bits that hold any position, by document
 */
export function encode(list: Postings, from: number, to: number, key: number, widths: Uint8Array): Uint8Array {
  const { docs, places, ends, positions } = list
  const k = bestK(docs[to - 1]! + 1, to - from)
  writer.write(k, K_BITS)
  const first = from === 0 || !isPair(key) ? 0 : ends[from - 1]!
  let before = -1
  let at = first
  for (let n = from; n < to; n++) {
    writer.writeRice(docs[n]! - before - 1, k)
    before = docs[n]!
    if (places[n] === IN_TEXT) writer.write(0, 1)
    else writer.write(places[n] === IN_TITLE ? 2 : 3, 2)
    if (!isPair(key)) continue
    writer.writeGamma(ends[n]! - at)
    at = ends[n]!
  }
  if (isPair(key)) {
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
