import { bitsAt, WINDOW, windowAt, zerosAt } from './bits.ts'
import { BrokenIndex } from './broken-index.ts'
import type { Place } from './document.ts'
import { bitsFor, hasPositions, placeWorth, SPREAD_BITS } from './postings.ts'
import { placeAt, type PositionLayout } from './segment.ts'
import type { StoredList, StoredPart } from './stored-list.ts'

/** Stands for the document after the last. */
export const END = 2 ** 30 - 1

/** Documents read at a time: what goes through many in one place is compiled soon, and goes from one to the next in no time. */
const BLOCK = 128

/** Goes through the documents of a list, one after the other, and reads where it stands in each. */
export class ListReader {
  /** The document it is at; -1 before the first, `END` after the last. */
  doc = -1
  readonly #parts: readonly StoredPart[]
  readonly #layout: PositionLayout
  readonly #isCounted: boolean
  #number = -1
  #bytes: Uint8Array = new Uint8Array(0)
  /** Where the part ends, in bits. */
  #end = 0
  /** Documents of the part that are not read yet, and the last that is. */
  #left = 0
  #last = -1
  /** Where the next of them is, in bits, and where its positions begin. */
  #at = 0
  #next = 0
  /** Order of the codes that say how far apart they are. */
  #order = 0
  /** Documents that are read, each with its count, where its positions begin, in bits, and the first of them: four runs of `BLOCK`. */
  readonly #block = new Int32Array(4 * BLOCK)
  #filled = 0
  /** Which of them it is at. */
  #n = 0
  /** Bits of the number of the unit that follows a position. */
  #numberWidth = 0
  /** How many units may follow, and where they are, in bytes. */
  #units = 0
  #unitsAt = 0
  /** The unit that must follow, and its number; -1 for any. */
  readonly #third: number
  #wanted = -1

  /** @param third the unit that must follow, of a list that says what follows; without it any may */
  constructor({ key, parts }: StoredList, layout: PositionLayout, third = -1) {
    this.#parts = parts
    this.#layout = layout
    this.#isCounted = hasPositions(key)
    this.#third = third
  }

  /** The best place in the document. */
  get place(): Place {
    return this.#isCounted ? placeAt(this.#layout, this.doc, this.first) : placeWorth(this.count)
  }

  /** How many positions in the document. Of a list without, what its place is worth. */
  get count(): number {
    return this.#block[BLOCK + this.#n]!
  }

  /** The first position in the document. */
  get first(): number {
    return this.#block[3 * BLOCK + this.#n]!
  }

  /** Whether any unit may follow. */
  get isFree(): boolean {
    return this.#wanted < 0
  }

  /** Goes on to the first document that is not before this one. @returns it, or `END` @throws BrokenIndex */
  seek(target: number): number {
    const block = this.#block
    let n = this.#n
    for (;;) {
      const filled = this.#filled
      while (n < filled && block[n]! < target) n++
      if (n < filled) break
      if (this.#left === 0 && !this.#open(target)) return this.doc
      this.#fill(target)
      n = 0
    }
    this.#n = n
    this.doc = block[n]!
    return this.doc
  }

  /** Reads the next documents of the part that are not before this one. @throws BrokenIndex */
  #fill(target: number): void {
    const { widths } = this.#layout
    const block = this.#block
    const bytes = this.#bytes
    const order = this.#order
    const numberWidth = this.#numberWidth
    const isCounted = this.#isCounted
    let doc = this.#last
    let left = this.#left
    let at = this.#at
    let next = this.#next
    let filled = 0
    let excess = 0
    do {
      let window = windowAt(bytes, at)
      let zeros = Math.clz32(window) - 8
      if (2 * zeros + order < WINDOW) {
        const bits = 2 * zeros + 1 + order
        doc += (window >>> (24 - bits)) - (1 << order) + 1
        at += bits
      } else {
        zeros = zerosAt(bytes, at)
        doc += bitsAt(bytes, at + zeros, zeros + 1 + order) - (1 << order) + 1
        at += 2 * zeros + 1 + order
      }
      let count: number
      window = windowAt(bytes, at)
      zeros = Math.clz32(window) - 8
      if (2 * zeros < WINDOW) {
        count = window >>> (23 - 2 * zeros)
      } else {
        zeros = zerosAt(bytes, at)
        count = bitsAt(bytes, at + zeros, zeros + 1)
      }
      at += 2 * zeros + 1
      const width = widths[doc]!
      block[filled] = doc
      block[BLOCK + filled] = count
      block[2 * BLOCK + filled] = next
      if (isCounted) block[3 * BLOCK + filled] = bitsAt(bytes, next, width)
      next += count * (width + numberWidth)
      excess |= (count - 1) >>> width
      if (doc >= target) filled++
    } while (--left > 0 && filled < BLOCK)
    const isTooMuch = isCounted ? next > this.#end || excess !== 0 : at > this.#end
    if (widths[doc] === undefined || isTooMuch) throw new BrokenIndex('A list is damaged')
    this.#last = doc
    this.#left = left
    this.#at = at
    this.#next = next
    this.#filled = filled
  }

  /** The `n`-th position in the document. */
  positionAt(n: number): number {
    const width = this.#layout.widths[this.doc]!
    return bitsAt(this.#bytes, this.#block[2 * BLOCK + this.#n]! + n * (width + this.#numberWidth), width)
  }

  /** The unit that follows the `n`-th position in the document; 0 for none. */
  thirdAt(n: number): number {
    if (this.#units === 0) return 0
    return bitsAt(this.#bytes, (this.#unitsAt + 2 * this.#numberAt(n)) * 8, 16)
  }

  /** Whether what must follow follows the `n`-th position in the document. */
  isWanted(n: number): boolean {
    return this.#wanted < 0 || this.#numberAt(n) === this.#wanted
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
    const width = this.#layout.widths[this.doc]!
    const at = this.#block[2 * BLOCK + this.#n]! + n * (width + this.#numberWidth) + width
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
        this.#left = this.#filled = 0
        return false
      }
      this.#begin(part)
      if (this.#third < 0) return true
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
    this.#last = after
    this.#filled = 0
    let begin = at + 1
    if (this.#isCounted) {
      const heads = varintAt(bytes, at)
      const units = varintAt(bytes, heads.end)
      begin = units.end
      this.#units = units.value
      this.#unitsAt = begin + heads.value
      this.#next = (this.#unitsAt + 2 * this.#units) * 8
      if (this.#next > this.#end) throw new BrokenIndex('A list is damaged')
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
