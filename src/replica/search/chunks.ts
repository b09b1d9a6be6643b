import { BrokenIndex } from './broken-index.ts'
import { documentsKey, hasPositions, isLong } from './postings.ts'
import type { StoredPart } from './stored-list.ts'

/**
 * Lists, one after the other in the order of their keys, cut into pieces that are read as a whole. A piece holds, for each list:
 * the distance to the key before, how many documents, how many bytes, and these. A long list with positions stands in parts, each of
 * which says after which document it goes on, and they may go on in the next piece; it begins one of its own. So does a pair that is
 * split: that it does says that it is.
 */
export interface Chunk {
  firstKey: number
  bytes: Uint8Array
}

/** Calls `visit` for each list, or part of one, whose key is within bounds. @throws BrokenIndex */
export function eachList(
  { firstKey, bytes }: Chunk,
  from: number,
  to: number,
  visit: (key: number, part: StoredPart) => void,
): void {
  let key = firstKey
  let at = 0
  const next = () => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      // A chunk that is cut off ends here too.
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    // Most of these numbers are of one byte.
    key += bytes[at]! < 128 ? bytes[at++]! : next()
    const count = bytes[at]! < 128 ? bytes[at++]! : next()
    const after = count % 2 === 1 ? next() : -1
    const length = bytes[at]! < 128 ? bytes[at++]! : next()
    const end = at + length
    // A chunk of zeros, or one that is cut off.
    if (length === 0 || end > bytes.length) throw new BrokenIndex('A list is cut off')
    if (key > to) return
    if (key >= from) visit(key, { bytes, at, end, count: count >>> 1, after })
    at = end
  }
}

/** Whether the list of a pair is split into lists of three. @param firstKeys ascending */
export function isSplit(firstKeys: Float64Array, pair: number): boolean {
  const key = documentsKey(pair)
  return firstKeys[countBelow(firstKeys, key)] === key
}

/**
 * Which chunks may hold lists whose keys are within bounds, both included: from the first to before the second.
 * @param firstKeys ascending
 */
export function chunksOf(firstKeys: Float64Array, from: number, to: number): [number, number] {
  const at = countBelow(firstKeys, from)
  const key = firstKeys[at] ?? Infinity
  // What the first is of begins this chunk. The documents of a long list may end the one before.
  const begins = Math.floor(key / 4) === Math.floor(from / 4) && (hasPositions(from) || !isLong(key))
  return [begins ? at : Math.max(0, at - 1), countBelow(firstKeys, to + 1)]
}

/** How many of the ascending numbers are less than the bound. */
function countBelow(numbers: Float64Array, bound: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < bound) low = middle + 1
    else high = middle
  }
  return low
}
