import { bitsAt } from './bits.ts'
import { headsOf, type StoredList } from './stored-list.ts'

/** A list, and how far from the beginning of a phrase what it is of stands. */
export interface PlacedList {
  offset: number
  list: StoredList
}

/** Where a phrase may begin, as far as its pairs were looked at: ascending by document, and by position in each. */
export interface Beginnings {
  docs: number[]
  starts: number[]
}

/**
 * Where the phrase begins if one of its pairs is all of it.
 * @param widths bits that hold any position, by document
 */
export function beginningsOf({ offset, list }: PlacedList, widths: Uint8Array): Beginnings {
  const beginnings: Beginnings = { docs: [], starts: [] }
  for (const part of list.parts) {
    const { docs, times, end } = headsOf(part)
    let at = end * 8
    for (let n = 0; n < part.count; n++) {
      const doc = docs[n]!
      const width = widths[doc]!
      for (let left = times[n]!; left > 0; left--) {
        beginnings.docs.push(doc)
        beginnings.starts.push(bitsAt(part.bytes, at, width) - offset)
        at += width
      }
    }
  }
  return beginnings
}

/** Drops the beginnings that do not have another pair in its place. */
export function narrow(beginnings: Beginnings, { offset, list: { parts } }: PlacedList, widths: Uint8Array): void {
  const { docs, starts } = beginnings
  let kept = 0
  let n = 0
  for (let number = 0; number < parts.length && n < docs.length; number++) {
    const part = parts[number]!
    if (docs[n]! > (parts[number + 1]?.after ?? Infinity)) continue
    const heads = headsOf(part)
    let at = heads.end * 8
    for (let m = 0; m < part.count && n < docs.length; m++) {
      const doc = heads.docs[m]!
      const count = heads.times[m]!
      const width = widths[doc]!
      while (n < docs.length && docs[n]! < doc) n++
      let low = 0
      for (; n < docs.length && docs[n] === doc; n++) {
        const wanted = starts[n]! + offset
        for (let high = count; low < high;) {
          const middle = (low + high) >>> 1
          if (bitsAt(part.bytes, at + middle * width, width) < wanted) low = middle + 1
          else high = middle
        }
        if (low === count || bitsAt(part.bytes, at + low * width, width) !== wanted) continue
        docs[kept] = doc
        starts[kept++] = starts[n]!
      }
      at += count * width
    }
  }
  docs.length = starts.length = kept
}
