import { BitReader, bitsAt, BitWriter } from './bits.ts'
import { IN_TAGS, IN_TEXT, IN_TITLE, type Place } from './document.ts'

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

const K_BITS = 5

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

/** Some documents of a list as they are stored: what `encode` wrote. */
export interface StoredPart {
  bytes: Uint8Array
  /** Where in the bytes it begins. */
  at: number
  /** How many documents. */
  count: number
}

/** A list whose documents were read, and whose positions can be. */
export interface DocumentList {
  docs: number[]
  places: Place[]
  /** Of positions, by document; without them where only documents were asked for. */
  counts: number[]
  /** Where the positions of each begin, in bits, and in which bytes. */
  starts: number[]
  bytes: Uint8Array[]
}

export const noDocuments = (): DocumentList => ({ docs: [], places: [], counts: [], starts: [], bytes: [] })

/** What is wanted of a list. */
interface Wanted {
  positions: boolean
  /** Only these documents, ascending. */
  among?: readonly number[]
}

/** Bits in one look: enough for nearly every document. */
const LOOK = 24

/** Reads the documents of a part, and adds them to those read before. */
export function readDocuments(
  { bytes, at, count }: StoredPart,
  key: number,
  widths: Uint8Array,
  into: DocumentList,
  { positions, among }: Wanted,
): void {
  const reader = new BitReader(bytes, at)
  const k = reader.read(K_BITS)
  const counted = isPair(key)
  const from = into.docs.length
  let doc = -1
  let wanted = 0
  /** Bits of positions before this document's. */
  let before = 0
  for (let n = 0; n < count; n++) {
    let gap: number
    let place: Place
    let times = 0
    // The shifts leave the next unread bit on top.
    const look = bitsAt(bytes, reader.at, LOOK) << (32 - LOOK)
    const ones = Math.clz32(~look)
    if (ones + k + 10 < LOOK) {
      let rest = look << (ones + 1)
      gap = (ones << k) | (k === 0 ? 0 : rest >>> (32 - k))
      rest <<= k
      let used = ones + 1 + k
      place = rest >= 0 ? IN_TEXT : rest << 1 >= 0 ? IN_TITLE : IN_TAGS
      used += place === IN_TEXT ? 1 : 2
      reader.at += used
      if (counted) {
        rest <<= place === IN_TEXT ? 1 : 2
        const width = Math.clz32(~rest)
        if (2 * width + 1 + used <= LOOK) {
          times = width === 0 ? 1 : (1 << width) | ((rest << (width + 1)) >>> (32 - width))
          reader.at += 2 * width + 1
        } else times = reader.readGamma()
      }
    } else {
      gap = reader.readRice(k)
      place = reader.read(1) === 0 ? IN_TEXT : reader.read(1) === 0 ? IN_TITLE : IN_TAGS
      if (counted) times = reader.readGamma()
    }
    doc += gap + 1
    if (among !== undefined) while (wanted < among.length && among[wanted]! < doc) wanted++
    if (among === undefined || among[wanted] === doc) {
      into.docs.push(doc)
      into.places.push(place)
      if (positions) {
        into.counts.push(times)
        into.starts.push(before)
        into.bytes.push(bytes)
      }
    }
    if (positions) before += times * widths[doc]!
  }
  if (positions) for (let n = from; n < into.docs.length; n++) into.starts[n]! += reader.at
}

/** The `index`-th position in the `n`-th document of a list. @param width of the document's positions */
export function positionAt({ bytes, starts }: DocumentList, n: number, index: number, width: number): number {
  return bitsAt(bytes[n]!, starts[n]! + index * width, width)
}

/** Whether one of the positions in the `n`-th document is this one. */
export function standsAt(list: DocumentList, n: number, position: number, width: number): boolean {
  let low = 0
  let high = list.counts[n]! - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = positionAt(list, n, middle, width)
    if (found === position) return true
    if (found < position) low = middle + 1
    else high = middle - 1
  }
  return false
}
