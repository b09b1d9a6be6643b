import { numbersIn, setBit, wordsFor } from './bitset.ts'
import type { Query } from './query.ts'
import { dateNumber } from './segment.ts'
import type { SegmentView } from './view.ts'

/** Documents of a segment that count, and are of the kind and the time that is asked for, as bits. */
export function passing({ segment, live }: SegmentView, { kind, from = '' }: Query): Uint32Array {
  if (kind === undefined && from === '') return live
  const { size, kinds, kindOf, dates } = segment
  const bits = new Uint32Array(wordsFor(size))
  const wanted = kinds.indexOf(kind ?? '')
  for (const doc of numbersIn(live)) {
    if ((kind === undefined || kindOf[doc] === wanted) && dates[doc]! >= dateNumber(from)) setBit(bits, doc)
  }
  return bits
}
