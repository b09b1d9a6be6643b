import { type Bits, hasBit, wordsFor } from './bitset.ts'
import { IN_TAGS, IN_TEXT, IN_TITLE, type Place } from './document.ts'

const PLACES = 3

/**
 * Documents of one segment, each with its best place, as three sets: where it is the title, where it is the title or the tags, and
 * all. A list of nearly every document is read, joined with others and counted some words at a time.
 */
export class Found {
  /** Words of the three sets, one set after the other. */
  readonly bits: Bits
  /** Of one set. */
  readonly words: number
  #isEmpty = true

  /** @param size documents of the segment */
  constructor(size: number) {
    this.words = wordsFor(size)
    this.bits = new Uint16Array(PLACES * this.words)
  }

  add(doc: number, place: number): void {
    const { bits, words } = this
    this.#isEmpty = false
    const bit = 1 << (doc & 15)
    for (let at = place * words + (doc >>> 4); at < bits.length; at += words) bits[at]! |= bit
  }

  /** Adds what another has found among the first documents of the segment: its `bits`. */
  addSets(stored: Bits): void {
    const { bits, words } = this
    const most = stored.length / PLACES
    for (let place = 0; place < PLACES; place++) {
      const set = stored.subarray(place * most, (place + 1) * most)
      if (this.#isEmpty) bits.set(set, place * words)
      else for (let word = 0; word < most; word++) bits[place * words + word]! |= set[word]!
    }
    this.#isEmpty = false
  }

  /** Those of them that are found at this place or a better one, as bits. */
  upTo(place: Place): Bits {
    return this.bits.subarray(place * this.words, (place + 1) * this.words)
  }

  /** The place of a document that is found. */
  placeOf(doc: number): Place {
    if (hasBit(this.upTo(IN_TITLE), doc)) return IN_TITLE
    return hasBit(this.upTo(IN_TAGS), doc) ? IN_TAGS : IN_TEXT
  }

  /** Takes out what the other does not hold; of both the worse place counts. */
  and({ bits }: Found): this {
    const mine = this.bits
    for (let at = 0; at < mine.length; at++) mine[at]! &= bits[at]!
    return this
  }
}
