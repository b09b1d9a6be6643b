import { type Bits, countOf, lowestOf, WORD } from './bitset.ts'
import type { SegmentView } from './view.ts'

/** One word in so many is looked at to see whether most are found. */
const SAMPLE = 16

/**
 * How many documents of a segment are in each region. Where most of what counts seems to be among them, those that are not are
 * counted: what is found nearly everywhere would else be gone through one by one, in code that the browser has not compiled yet.
 * @param bits of those that count, those that are meant
 */
export function regionCounts({ segment, live, regionSizes }: SegmentView, bits: Bits): Uint32Array {
  const { regionOf, regions } = segment
  let balance = 0
  for (let at = 0; at < bits.length; at += SAMPLE) balance += 2 * countOf(bits[at]!) - countOf(live[at]!)
  const counts = new Uint32Array(regions.length)
  if (balance <= 0) {
    for (let at = 0; at < bits.length; at++) {
      for (let word = bits[at]!; word !== 0; word &= word - 1) counts[regionOf[at * WORD + lowestOf(word)]!]!++
    }
    return counts
  }
  counts.set(regionSizes)
  for (let at = 0; at < bits.length; at++) {
    for (let word = live[at]! & ~bits[at]!; word !== 0; word &= word - 1) {
      counts[regionOf[at * WORD + lowestOf(word)]!]!--
    }
  }
  return counts
}
