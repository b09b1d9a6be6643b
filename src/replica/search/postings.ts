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
/** Of them, those that a document takes beside its distance: end of the ones, place, and the shortest count. */
const LOOK_REST = 10

/** Reads what a part says of its documents, one after the other, up to where the positions begin. */
class HeadReader {
  doc = -1
  place: Place = IN_TEXT
  /** How often it stands there; 0 in a list without positions. */
  times = 0
  #reader: BitReader
  #bytes: Uint8Array
  #isCounted: boolean
  #k: number

  constructor({ bytes, at }: StoredPart, isCounted: boolean) {
    this.#reader = new BitReader(bytes, at)
    this.#bytes = bytes
    this.#isCounted = isCounted
    this.#k = this.#reader.read(K_BITS)
  }

  /** In bits. */
  get at(): number {
    return this.#reader.at
  }

  next(): void {
    // Shifts leave the next unread bit on top.
    const look = bitsAt(this.#bytes, this.#reader.at, LOOK) << (32 - LOOK)
    if (Math.clz32(~look) + this.#k + LOOK_REST < LOOK) this.#readAtOnce(look)
    else this.#readInTurn()
  }

  #readAtOnce(look: number): void {
    const k = this.#k
    const ones = Math.clz32(~look)
    let rest = look << (ones + 1)
    this.doc += ((ones << k) | (k === 0 ? 0 : rest >>> (32 - k))) + 1
    rest <<= k
    this.place = rest >= 0 ? IN_TEXT : rest << 1 >= 0 ? IN_TITLE : IN_TAGS
    const placeBits = this.place === IN_TEXT ? 1 : 2
    const used = ones + 1 + k + placeBits
    this.#reader.at += used
    if (!this.#isCounted) return
    rest <<= placeBits
    const width = Math.clz32(~rest)
    if (2 * width + 1 + used > LOOK) {
      this.times = this.#reader.readGamma()
      return
    }
    this.times = width === 0 ? 1 : (1 << width) | ((rest << (width + 1)) >>> (32 - width))
    this.#reader.at += 2 * width + 1
  }

  #readInTurn(): void {
    const reader = this.#reader
    this.doc += reader.readRice(this.#k) + 1
    this.place = reader.read(1) === 0 ? IN_TEXT : reader.read(1) === 0 ? IN_TITLE : IN_TAGS
    if (this.#isCounted) this.times = reader.readGamma()
  }
}

/** Reads the documents of a part, and adds them to those read before. */
export function readDocuments(
  part: StoredPart,
  key: number,
  widths: Uint8Array,
  into: DocumentList,
  { positions, among }: Wanted,
): void {
  const reader = new HeadReader(part, isPair(key))
  const from = into.docs.length
  let wanted = 0
  /** Bits of positions before this document's. */
  let before = 0
  for (let n = 0; n < part.count; n++) {
    reader.next()
    const { doc, times } = reader
    if (among !== undefined) while (wanted < among.length && among[wanted]! < doc) wanted++
    if (among === undefined || among[wanted] === doc) {
      into.docs.push(doc)
      into.places.push(reader.place)
      if (positions) {
        into.counts.push(times)
        into.starts.push(before)
        into.bytes.push(part.bytes)
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
