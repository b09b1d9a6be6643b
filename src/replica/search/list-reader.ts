import { bitsAt, windowAt } from './bits.ts'
import { BrokenIndex } from './broken-index.ts'
import type { Place } from './document.ts'
import { bitsFor, hasPositions, placeWorth, SPREAD_BITS } from './postings.ts'
import { placeAt, type PositionLayout } from './segment.ts'
import type { StoredList, StoredPart } from './stored-list.ts'

/** Stands for the document after the last. */
export const END = 2 ** 30 - 1

/** Goes through the documents of a list, one after the other, and reads where it stands in each. */
export class ListReader {
  /** The document it is at; -1 before the first, `END` after the last. */
  doc = -1
  /** How many positions in it. Of a list without, what its place is worth. */
  count = 0
  readonly #parts: readonly StoredPart[]
  readonly #layout: PositionLayout
  readonly #isCounted: boolean
  #number = -1
  #bytes: Uint8Array = new Uint8Array(0)
  /** Where the part ends, in bits. */
  #end = 0
  /** Documents of the part that follow. */
  #left = 0
  /** Where the next of them is, in bits. */
  #at = 0
  /** Order of the codes that say how far apart they are. */
  #order = 0
  /** Where the positions begin, in bits. */
  #start = 0
  /** Bits of a position in the document, and of the number of the unit that follows it. */
  #width = 0
  #numberWidth = 0
  /** How many units may follow, and where they are, in bytes. */
  #units = 0
  #unitsAt = 0
  readonly #third: number | undefined
  /** Number of the unit that must follow; undefined for any. */
  #wanted: number | undefined

  /** @param third the unit that must follow, of a list that says what follows; without it any may */
  constructor({ key, parts }: StoredList, layout: PositionLayout, third?: number) {
    this.#parts = parts
    this.#layout = layout
    this.#isCounted = hasPositions(key)
    this.#third = third
  }

  /** The best place in the document. */
  get place(): Place {
    return this.#isCounted ? placeAt(this.#layout, this.doc, this.positionAt(0)) : placeWorth(this.count)
  }

  /** Goes on to the first document that is not before this one. @returns it, or `END` @throws BrokenIndex */
  seek(target: number): number {
    const { widths } = this.#layout
    while (this.doc < target && (this.#left > 0 || this.#open(target))) {
      const bytes = this.#bytes
      const order = this.#order
      const numberWidth = this.#numberWidth
      let doc = this.doc
      let count = this.count
      let left = this.#left
      let at = this.#at
      let start = this.#start
      let width = this.#width
      do {
        start += count * (width + numberWidth)
        let window = windowAt(bytes, at)
        let zeros = Math.clz32(window)
        let bits = zeros + 1 + order
        // A window holds 25 bits.
        doc +=
          (zeros + bits > 25 ? bitsAt(bytes, at + zeros, bits) : (window << zeros) >>> (32 - bits)) - (1 << order) + 1
        at += zeros + bits
        window = windowAt(bytes, at)
        zeros = Math.clz32(window)
        bits = zeros + 1
        count = zeros + bits > 25 ? bitsAt(bytes, at + zeros, bits) : (window << zeros) >>> (32 - bits)
        at += zeros + bits
        width = widths[doc]!
      } while (--left > 0 && doc < target)
      const ends = this.#isCounted ? start + count * (width + numberWidth) : at
      const isTooMuch = ends > this.#end || (this.#isCounted && count > 2 ** width)
      if (widths[doc] === undefined || isTooMuch) throw new BrokenIndex('A list is damaged')
      this.doc = doc
      this.count = count
      this.#left = left
      this.#at = at
      this.#start = start
      this.#width = width
    }
    return this.doc
  }

  /** The `n`-th position in the document. */
  positionAt(n: number): number {
    return bitsAt(this.#bytes, this.#start + n * (this.#width + this.#numberWidth), this.#width)
  }

  /** The unit that follows the `n`-th position in the document; 0 for none. */
  thirdAt(n: number): number {
    if (this.#units === 0) return 0
    return bitsAt(this.#bytes, (this.#unitsAt + 2 * this.#numberAt(n)) * 8, 16)
  }

  /** Whether what must follow follows the `n`-th position in the document. */
  isWanted(n: number): boolean {
    return this.#wanted === undefined || this.#numberAt(n) === this.#wanted
  }

  /** Whether one of the positions in the document is this one, and what must follow follows. */
  standsAt(position: number): boolean {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.positionAt(middle)
      if (found === position) return this.isWanted(middle)
      if (found < position) low = middle + 1
      else high = middle - 1
    }
    return false
  }

  #numberAt(n: number): number {
    const at = this.#start + n * (this.#width + this.#numberWidth) + this.#width
    return bitsAt(this.#bytes, at, this.#numberWidth)
  }

  /** Begins the next part that may hold documents from the target on, with what must follow. @returns whether there is one */
  #open(target: number): boolean {
    for (;;) {
      do this.#number++
      while ((this.#parts[this.#number + 1]?.after ?? END) < target)
      const part = this.#parts[this.#number]
      if (part === undefined) {
        this.doc = END
        return false
      }
      this.#begin(part)
      if (this.#third === undefined) return true
      for (let number = 0; number < this.#units; number++) {
        if (bitsAt(this.#bytes, (this.#unitsAt + 2 * number) * 8, 16) !== this.#third) continue
        this.#wanted = number
        return true
      }
    }
  }

  /** Goes to before the first document of a part. */
  #begin({ bytes, at, end, count, after }: StoredPart): void {
    this.#bytes = bytes
    this.#end = end * 8
    this.#left = count
    this.doc = after
    this.count = 0
    let begin = at + 1
    if (this.#isCounted) {
      const heads = varintAt(bytes, at)
      const units = varintAt(bytes, heads.end)
      begin = units.end
      this.#units = units.value
      this.#unitsAt = begin + heads.value
      this.#start = (this.#unitsAt + 2 * this.#units) * 8
      if (this.#start > this.#end) throw new BrokenIndex('A list is damaged')
      this.#numberWidth = bitsFor(this.#units)
    }
    this.#order = bitsAt(bytes, begin * 8, SPREAD_BITS)
    this.#at = begin * 8 + SPREAD_BITS
  }
}

function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0
  for (let end = at, shift = 0; ; shift += 7) {
    const byte = bytes[end++] ?? 0
    value |= (byte & 127) << shift
    if (byte < 128) return { value, end }
  }
}
