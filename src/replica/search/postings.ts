import { BitReader, BitWriter } from './bits.ts'

/**
 * Where something stands: documents in ascending order, and for each its positions, ascending; those of document `n` end at
 * `ends[n]` in `positions`.
 */
export interface Postings {
  docs: number[]
  ends: number[]
  positions: number[]
}

export const noPostings = (): Postings => ({ docs: [], ends: [], positions: [] })

/** Made once: most lists are a few bytes long. */
const writer = new BitWriter()

const K_BITS = 5
/** Two bits hold a place (title, tags, text), where a list has places instead of positions. */
const PLACE_BITS = 2

/**
 * Keys of lists. A single unit has the key that is its code: a list of the documents that hold it, with its best place only. Two
 * units that stand side by side have their codes, one after the other: a list with every position. No unit is 0.
 */
export const pairKey = (first: number, second: number) => ((first << 16) | second) >>> 0
export const isPair = (key: number) => key > 0xffff

/**
 * Writes one list: distances between documents in Rice's code, positions in as many bits as the document's length takes, each
 * followed by a bit that says whether there is another.
 * @param widths bits that hold any position, by document
 */
export function encode(list: Postings, from: number, to: number, key: number, widths: Uint8Array): Uint8Array {
  const k = bestK(list.docs[from]! + 1, list.docs[to - 1]! + 1, to - from)
  writer.write(k, K_BITS)
  let before = -1
  let at = from === 0 ? 0 : list.ends[from - 1]!
  for (let n = from; n < to; n++) {
    const doc = list.docs[n]!
    writer.writeRice(doc - before - 1, k)
    before = doc
    if (!isPair(key)) {
      writer.write(list.positions[at++]!, PLACE_BITS)
      continue
    }
    const end = list.ends[n]!
    for (; at < end; at++) {
      writer.write(list.positions[at]!, widths[doc]!)
      writer.write(at + 1 < end ? 1 : 0, 1)
    }
  }
  return writer.take()
}

/** The code's parameter for `count` documents of which the last is the `last`-th: near the binary logarithm of their mean distance. */
function bestK(first: number, last: number, count: number): number {
  const mean = Math.max(last / count, first / 2 / count)
  return mean < 2 ? 0 : Math.min(20, Math.floor(Math.log2(mean * 0.7)))
}

/** Reads `count` documents of a list that `encode` wrote, and adds them to what was read before. */
export function decode(
  bytes: Uint8Array,
  at: number,
  count: number,
  key: number,
  widths: Uint8Array,
  into: Postings,
): void {
  const { docs, ends, positions } = into
  const reader = new BitReader(bytes, at)
  const k = reader.read(K_BITS)
  let doc = -1
  for (let n = 0; n < count; n++) {
    doc += reader.readRice(k) + 1
    if (isPair(key)) {
      const width = widths[doc]! + 1
      let value: number
      do {
        value = reader.read(width)
        positions.push(value >>> 1)
      } while ((value & 1) === 1)
    } else {
      positions.push(reader.read(PLACE_BITS))
    }
    docs.push(doc)
    ends.push(positions.length)
  }
}
