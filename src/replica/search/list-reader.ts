import { bitsAt } from './bits.ts'
import { IN_TEXT, type Place } from './document.ts'
import { BETTER, bitsFor, hasPositions, ONCE } from './postings.ts'
import type { StoredList, StoredPart } from './stored-list.ts'

/** Stands for the document after the last. */
export const END = 2 ** 30 - 1

/** Goes through the documents of a list, one after the other, and reads where it stands in each. */
export class ListReader {
  /** The document it is at; -1 before the first, `END` after the last. */
  doc = -1
  /** The best place in it. */
  place: Place = IN_TEXT
  /** How many positions in it. */
  count = 0
  readonly #parts: readonly StoredPart[]
  readonly #widths: Uint8Array
  readonly #isCounted: boolean
  #number = -1
  #bytes: Uint8Array = new Uint8Array(0)
  /** Documents of the part that follow. */
  #left = 0
  /** Where the next of them is, in bytes. */
  #at = 0
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

  /**
   * @param widths bits that hold any position, by document
   * @param third the unit that must follow, of a list that says what follows; without it any may
   */
  constructor({ key, parts }: StoredList, widths: Uint8Array, third?: number) {
    this.#parts = parts
    this.#widths = widths
    this.#isCounted = hasPositions(key)
    this.#third = third
  }

  /** Goes on to the first document that is not before this one. @returns it, or `END` */
  seek(target: number): number {
    const widths = this.#widths
    const isCounted = this.#isCounted
    while (this.doc < target && (this.#left > 0 || this.#open(target))) {
      const bytes = this.#bytes
      const numberWidth = this.#numberWidth
      let doc = this.doc
      let count = this.count
      let left = this.#left
      let at = this.#at
      let start = this.#start
      let width = this.#width
      let which: number
      do {
        start += count * (width + numberWidth)
        let byte = bytes[at++]!
        let value = byte & 127
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[at++]!
          value |= (byte & 127) << shift
        }
        doc += (value >>> 2) + 1
        which = value & 3
        width = widths[doc]!
        count = isCounted && which !== ONCE ? 0 : 1
        for (byte = count === 0 ? 255 : 0; byte === 255; count += byte) byte = bytes[at++]!
      } while (--left > 0 && doc < target)
      this.doc = doc
      this.place = (which < BETTER ? IN_TEXT : which - BETTER) as Place
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
  #begin({ bytes, at, count, after }: StoredPart): void {
    this.#bytes = bytes
    this.#left = count
    this.doc = after
    this.count = 0
    this.#at = at
    if (!this.#isCounted) {
      this.#at++
      return
    }
    const heads = this.#next()
    this.#units = this.#next()
    this.#unitsAt = this.#at + heads
    this.#start = (this.#unitsAt + 2 * this.#units) * 8
    this.#numberWidth = bitsFor(this.#units)
  }

  /** A varint, as lists begin with. */
  #next(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
}
