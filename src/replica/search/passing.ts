import { type Bits, emptySet, numbersIn, setBit } from './bitset.ts'
import type { Query } from './query.ts'
import { dateNumber } from './segment.ts'
import type { SegmentView } from './view.ts'

/** Documents of a segment that count, and are of the kind and the time that is asked for, as bits; undefined for all of them. */
export function passing({ segment, live, dead }: SegmentView, { kind, from = '' }: Query): Bits | undefined {
  if (kind === undefined && from === '') return dead === 0 ? undefined : live
  const { size, kinds, kindOf, dates } = segment
  const bits = emptySet(size)
  const wanted = kinds.indexOf(kind ?? '')
  for (const doc of numbersIn(live)) {
    if ((kind === undefined || kindOf[doc] === wanted) && dates[doc]! >= dateNumber(from)) setBit(bits, doc)
  }
  return bits
}
