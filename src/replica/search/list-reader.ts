import { bitsAt } from './bits.ts'
import { IN_TEXT, type Place } from './document.ts'
import { BETTER, hasPositions, ONCE } from './postings.ts'
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
  #width = 0

  /** @param widths bits that hold any position, by document */
  constructor({ key, parts }: StoredList, widths: Uint8Array) {
    this.#parts = parts
    this.#widths = widths
    this.#isCounted = hasPositions(key)
  }

  /** Goes on to the first document that is not before this one. @returns it, or `END` */
  seek(target: number): number {
    const widths = this.#widths
    const isCounted = this.#isCounted
    while (this.doc < target && (this.#left > 0 || this.#open(target))) {
      const bytes = this.#bytes
      let doc = this.doc
      let count = this.count
      let left = this.#left
      let at = this.#at
      let start = this.#start
      let width = this.#width
      let which: number
      do {
        start += count * width
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
    return bitsAt(this.#bytes, this.#start + n * this.#width, this.#width)
  }

  /** Whether one of the positions in the document is this one. */
  standsAt(position: number): boolean {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.positionAt(middle)
      if (found === position) return true
      if (found < position) low = middle + 1
      else high = middle - 1
    }
    return false
  }

  /** Begins the next part that may hold documents from the target on. @returns whether there is one */
  #open(target: number): boolean {
    do this.#number++
    while ((this.#parts[this.#number + 1]?.after ?? END) < target)
    const part = this.#parts[this.#number]
    if (part === undefined) {
      this.doc = END
      return false
    }
    this.#bytes = part.bytes
    this.#left = part.count
    this.doc = part.after
    this.count = 0
    const { bytes, at } = part
    this.#at = at + (this.#isCounted ? 2 : 1)
    // Before the documents of a list with positions stands how many bytes they take.
    this.#start = (this.#at + ((bytes[at]! << 8) | bytes[at + 1]!)) * 8
    return true
  }
}
