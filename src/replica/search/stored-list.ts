import { IN_TEXT } from './document.ts'
import type { Found } from './found.ts'
import { BETTER, DENSE, hasPositions, ONCE } from './postings.ts'

/** Some documents of a list as they are stored: what `encode` or `encodeDocuments` wrote. */
export interface StoredPart {
  bytes: Uint8Array
  /** Where in the bytes it begins. */
  at: number
  end: number
  /** How many documents. */
  count: number
  /** Last document of the part before; -1 for none. */
  after: number
}

/** A list as it is stored, in its parts. */
export interface StoredList {
  key: number
  parts: StoredPart[]
}

/**
 * Reads the documents of a list, as such: nothing of their positions.
 * @param into what was found already
 */
export function readDocuments({ key, parts }: StoredList, into: Found): void {
  for (const part of parts) {
    if (!hasPositions(key) && part.bytes[part.at] === DENSE) {
      readSets(part, into)
      continue
    }
    const { docs, places } = hasPositions(key) ? headsOf(part) : headsOf(part, part.at + 1, false)
    for (let n = 0; n < part.count; n++) into.add(docs[n]!, places[n]!)
  }
}

function readSets({ bytes, at, end }: StoredPart, { bits, words }: Found): void {
  const stored = new Uint32Array(bytes.slice(at + 1, end).buffer)
  const most = stored.length / (bits.length / words)
  for (let place = 0; place * most < stored.length; place++) {
    for (let word = 0; word < most; word++) bits[place * words + word]! |= stored[place * most + word]!
  }
}

/** How many documents a list holds. */
export const sizeOf = ({ parts }: StoredList): number => parts.reduce((sum, { count }) => sum + count, 0)

interface Heads {
  docs: Int32Array
  places: Uint8Array
  /** How often it stands in each. */
  times: Int32Array
}

/** Kept, so that reading makes no garbage. */
const heads: Heads = { docs: new Int32Array(0), places: new Uint8Array(0), times: new Int32Array(0) }

/**
 * Reads what a part says of its documents.
 * @param from first byte of it
 * @returns it, until another part is read; of a list with positions these begin at the byte `end`
 */
export function headsOf(part: StoredPart, from = part.at, isCounted = true): Heads & { end: number } {
  const { bytes, count } = part
  if (heads.docs.length < count) {
    heads.docs = new Int32Array(count)
    heads.places = new Uint8Array(count)
    heads.times = new Int32Array(count)
  }
  const { docs, places, times } = heads
  let at = from
  let doc = part.after
  for (let n = 0; n < count; n++) {
    let byte = bytes[at++]!
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++]!
      value |= (byte & 127) << shift
    }
    docs[n] = doc += (value >>> 2) + 1
    const which = value & 3
    places[n] = which < BETTER ? IN_TEXT : which - BETTER
    times[n] = 1
    if (which === ONCE || !isCounted) continue
    let sum = 0
    do {
      byte = bytes[at++]!
      sum += byte
    } while (byte === 255)
    times[n] = sum
  }
  return { docs, places, times, end: at }
}
