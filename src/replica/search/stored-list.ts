import { bitsAt } from './bits.ts'
import { hasBit, setBit, wordsFor } from './bitset.ts'
import { IN_TEXT } from './document.ts'
import type { Found } from './found.ts'
import { BETTER, DENSE, hasPositions, ONCE } from './postings.ts'

/** Some documents of a list as they are stored: what `encode` or `encodeDocuments` wrote. */
export interface StoredPart {
  bytes: Uint8Array
  /** Where in the bytes it begins. */
  at: number
  end: number
  /** How many documents. */
  count: number
  /** Last document of the part before; -1 for none. */
  after: number
}

/** A list as it is stored, in its parts. */
export interface StoredList {
  key: number
  parts: StoredPart[]
}

/**
 * Reads the documents of a list, as such: nothing of their positions.
 * @param into what was found already
 */
export function readDocuments({ key, parts }: StoredList, into: Found): void {
  for (const part of parts) {
    if (hasPositions(key)) readHeads(part, part.at, true)
    else if (part.bytes[part.at] === DENSE) {
      readSets(part, into)
      continue
    } else readHeads(part, part.at + 1, false)
    for (let n = 0; n < part.count; n++) into.add(heads.docs[n]!, heads.places[n]!)
  }
}

function readSets({ bytes, at, end }: StoredPart, { bits, words }: Found): void {
  const stored = new Uint32Array(bytes.slice(at + 1, end).buffer)
  const most = stored.length / (bits.length / words)
  for (let place = 0; place * most < stored.length; place++) {
    for (let word = 0; word < most; word++) bits[place * words + word]! |= stored[place * most + word]!
  }
}

/** How many documents a list holds. */
export const sizeOf = ({ parts }: StoredList): number => parts.reduce((sum, { count }) => sum + count, 0)

/** Documents of a list with positions, ascending, whose positions can be read one by one. */
export class PositionList {
  readonly docs: Int32Array
  /** How often the pair stands in each. */
  readonly counts: Int32Array
  length = 0
  #bits: Uint32Array | undefined
  /** Where the positions of each begin, in bits of its part. */
  readonly #starts: Int32Array
  readonly #partOf: Uint16Array
  readonly #parts: StoredPart[]
  readonly #widths: Uint8Array

  /**
   * @param widths bits that hold any position, by document
   * @param among only these documents
   */
  constructor(list: StoredList, widths: Uint8Array, among?: PositionList) {
    const size = Math.min(sizeOf(list), among?.length ?? Infinity)
    this.docs = new Int32Array(size)
    this.counts = new Int32Array(size)
    this.#starts = new Int32Array(size)
    this.#partOf = new Uint16Array(size)
    this.#parts = list.parts
    this.#widths = widths
    list.parts.forEach((_, number) => this.#read(number, among))
  }

  #read(number: number, among: PositionList | undefined): void {
    const part = this.#parts[number]!
    const until = this.#parts[number + 1]?.after ?? this.#widths.length - 1
    if (among?.hasBetween(part.after, until) === false) return
    const end = readHeads(part, part.at, true) * 8
    const { docs, times } = heads
    const widths = this.#widths
    const wanted = among?.bits
    let start = end
    let n = this.length
    for (let m = 0; m < part.count; m++) {
      const doc = docs[m]!
      const count = times[m]!
      if (wanted === undefined || hasBit(wanted, doc)) {
        this.docs[n] = doc
        this.counts[n] = count
        this.#starts[n] = start
        this.#partOf[n] = number
        n++
      }
      start += count * widths[doc]!
    }
    this.length = n
  }

  /** The documents, as bits. */
  get bits(): Uint32Array {
    if (this.#bits !== undefined) return this.#bits
    const bits = new Uint32Array(wordsFor(this.#widths.length))
    for (let n = 0; n < this.length; n++) setBit(bits, this.docs[n]!)
    return (this.#bits = bits)
  }

  /** Whether it holds a document after the first, up to the second. */
  hasBetween(after: number, until: number): boolean {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.docs[middle]! <= after) low = middle + 1
      else high = middle
    }
    return low < this.length && this.docs[low]! <= until
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

/** What was read of a part's documents last; kept, so that reading makes no garbage. */
const heads = { docs: new Int32Array(0), places: new Uint8Array(0), times: new Int32Array(0) }

/**
 * Reads what a part says of its documents into `heads`.
 * @param at first byte of it
 * @param isCounted whether it says of each how often it stands there
 * @returns the byte after it
 */
function readHeads({ bytes, count, after }: StoredPart, start: number, isCounted: boolean): number {
  if (heads.docs.length < count) {
    heads.docs = new Int32Array(count)
    heads.places = new Uint8Array(count)
    heads.times = new Int32Array(count)
  }
  const { docs, places, times } = heads
  let at = start
  let doc = after
  for (let n = 0; n < count; n++) {
    let byte = bytes[at++]!
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++]!
      value |= (byte & 127) << shift
    }
    docs[n] = doc += (value >>> 2) + 1
    const which = value & 3
    places[n] = which < BETTER ? IN_TEXT : which - BETTER
    times[n] = 1
    if (which === ONCE || !isCounted) continue
    let sum = 0
    do {
      byte = bytes[at++]!
      sum += byte
    } while (byte === 255)
    times[n] = sum
  }
  return at
}
