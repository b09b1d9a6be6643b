import { countOf, lowestOf, numbersIn, WORD, wordsFor } from './bitset.ts'
import type { Query } from './query.ts'
import { dateNumber, type Segment } from './segment.ts'

type Filters = Pick<Query, 'kind' | 'from'>

/** Documents of a segment that count, and are of the kind and the time that is asked for. */
export class Passing {
  /** Them, as bits. */
  readonly bits: Uint32Array
  readonly #segment: Segment
  #all: Uint32Array | undefined

  constructor(bits: Uint32Array, segment: Segment) {
    this.bits = bits
    this.#segment = segment
  }

  /** How many of them are found, by region. Where most are, those that are not are counted. */
  countsOf(found: Uint32Array): Uint32Array {
    const { bits } = this
    let balance = 0
    for (let at = 0; at < bits.length; at++)
      balance += countOf(bits[at]! & found[at]!) - countOf(bits[at]! & ~found[at]!)
    if (balance <= 0) return this.#count(found, 0)
    const others = this.#count(found, -1)
    this.#all ??= this.#count(bits, 0)
    return this.#all.map((count, region) => count - others[region]!)
  }

  #count(found: Uint32Array, flip: 0 | -1): Uint32Array {
    const { bits } = this
    const { regions, regionOf } = this.#segment
    const counts = new Uint32Array(regions.length)
    for (let at = 0; at < bits.length; at++) {
      let word = bits[at]! & (found[at]! ^ flip)
      for (; word !== 0; word &= word - 1) counts[regionOf[at * WORD + lowestOf(word)]!]!++
    }
    return counts
  }
}

/**
 * Gives what passes the filters of a query.
 * @param live documents that count, as bits
 */
export function passingOf(segment: Segment, live: Uint32Array): (filters: Filters) => Passing {
  const all = new Passing(live, segment)
  return ({ kind, from }) => {
    if (kind === undefined && from === undefined) return all
    const { size, kinds, kindOf, dates } = segment
    const bits = new Uint32Array(wordsFor(size))
    const wanted = kinds.indexOf(kind ?? '')
    const since = dateNumber(from ?? '')
    for (const doc of numbersIn(live)) {
      if ((kind === undefined || kindOf[doc] === wanted) && dates[doc]! >= since) bits[doc >>> 5]! |= 1 << (doc & 31)
    }
    return new Passing(bits, segment)
  }
}
