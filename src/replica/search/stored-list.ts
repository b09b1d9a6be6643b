import { BitReader, bitsAt } from './bits.ts'
import { IN_TAGS, IN_TEXT, IN_TITLE } from './document.ts'
import { Found } from './found.ts'
import { isPair, K_BITS } from './postings.ts'

/** Some documents of a list as they are stored: what `encode` wrote. */
export interface StoredPart {
  bytes: Uint8Array
  /** Where in the bytes it begins. */
  at: number
  /** How many documents. */
  count: number
}

/** A list as it is stored, in its parts. */
export interface StoredList {
  key: number
  parts: StoredPart[]
}

/** Bits in one look: enough for nearly every document. */
const LOOK = 24
/** Of them, those that a document takes beside its distance: end of the ones, place, and the shortest count. */
const LOOK_REST = 10

/**
 * Reads the documents of a list, as such: nothing of their positions.
 * @returns them all
 */
export function documentsOf(list: StoredList): Found {
  const found = new Found(sizeOf(list))
  const isCounted = isPair(list.key)
  for (const part of list.parts) readHeads(part, isCounted, (doc, place) => found.add(doc, place))
  return found
}

/** How many documents a list holds. */
export const sizeOf = ({ parts }: StoredList): number => parts.reduce((sum, { count }) => sum + count, 0)

/** Documents of a list of pairs, whose positions can be read one by one. */
export class PositionList extends Found {
  /** How often the pair stands in each. */
  readonly counts: Int32Array
  /** Where the positions of each begin, in bits of its part. */
  readonly #starts: Int32Array
  readonly #partOf: Uint16Array
  readonly #parts: StoredPart[]
  readonly #widths: Uint8Array

  /**
   * @param widths bits that hold any position, by document
   * @param among only these documents
   */
  constructor(list: StoredList, widths: Uint8Array, among?: Found) {
    const size = sizeOf(list)
    super(among === undefined ? size : Math.min(size, among.length))
    this.counts = new Int32Array(this.docs.length)
    this.#starts = new Int32Array(this.docs.length)
    this.#partOf = new Uint16Array(this.docs.length)
    this.#parts = list.parts
    this.#widths = widths
    list.parts.forEach((part, number) => this.#read(part, number, among))
  }

  #read(part: StoredPart, number: number, among: Found | undefined): void {
    const widths = this.#widths
    const from = this.length
    /** Bits of positions before this document's. */
    let before = 0
    let wanted = 0
    const end = readHeads(part, true, (doc, place, times) => {
      if (among !== undefined) while (wanted < among.length && among.docs[wanted]! < doc) wanted++
      if (among === undefined || (wanted < among.length && among.docs[wanted] === doc)) {
        const n = this.length
        this.counts[n] = times
        this.#starts[n] = before
        this.#partOf[n] = number
        this.add(doc, place)
      }
      before += times * widths[doc]!
    })
    // They follow all documents of the part.
    for (let n = from; n < this.length; n++) this.#starts[n]! += end
  }

  /** The `index`-th position in the `n`-th document. */
  positionAt(n: number, index: number): number {
    const width = this.#widths[this.docs[n]!]!
    return bitsAt(this.#parts[this.#partOf[n]!]!.bytes, this.#starts[n]! + index * width, width)
  }

  /** Whether one of the positions in the `n`-th document is this one. */
  standsAt(n: number, position: number): boolean {
    let low = 0
    let high = this.counts[n]! - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.positionAt(n, middle)
      if (found === position) return true
      if (found < position) low = middle + 1
      else high = middle - 1
    }
    return false
  }
}

/**
 * Reads what a part says of its documents, one after the other, up to where the positions begin.
 * @param isCounted whether it says of each how often it stands there
 * @returns where that is, in bits
 */
function readHeads(
  { bytes, at: start, count }: StoredPart,
  isCounted: boolean,
  visit: (doc: number, place: number, times: number) => void,
): number {
  const reader = new BitReader(bytes, start)
  const k = reader.read(K_BITS)
  let at = reader.at
  let doc = -1
  for (let n = 0; n < count; n++) {
    // Shifts leave the next unread bit on top.
    let look = bitsAt(bytes, at, LOOK) << (32 - LOOK)
    const ones = Math.clz32(~look)
    if (ones + k + LOOK_REST >= LOOK) {
      reader.at = at
      doc += reader.readRice(k) + 1
      const place = reader.read(1) === 0 ? IN_TEXT : reader.read(1) === 0 ? IN_TITLE : IN_TAGS
      visit(doc, place, isCounted ? reader.readGamma() : 0)
      at = reader.at
      continue
    }
    look <<= ones + 1
    doc += ((ones << k) | (k === 0 ? 0 : look >>> (32 - k))) + 1
    look <<= k
    const place = look >= 0 ? IN_TEXT : look << 1 >= 0 ? IN_TITLE : IN_TAGS
    const placeBits = place === IN_TEXT ? 1 : 2
    look <<= placeBits
    at += ones + 1 + k + placeBits
    if (!isCounted) {
      visit(doc, place, 0)
      continue
    }
    const width = Math.clz32(~look)
    if (2 * width + 1 + ones + 1 + k + placeBits > LOOK) {
      reader.at = at
      visit(doc, place, reader.readGamma())
      at = reader.at
      continue
    }
    visit(doc, place, width === 0 ? 1 : (1 << width) | ((look << (width + 1)) >>> (32 - width)))
    at += 2 * width + 1
  }
  return at
}
