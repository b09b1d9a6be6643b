import type { Found } from './found.ts'
import { END, ListReader } from './list-reader.ts'
import { DENSE, hasPositions } from './postings.ts'
import type { PositionLayout } from './segment.ts'

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

/** How many documents a list holds. */
export const sizeOf = ({ parts }: StoredList): number => parts.reduce((sum, { count }) => sum + count, 0)

/**
 * Reads the documents of a list.
 * @param into what was found already
 */
export function readDocuments(list: StoredList, layout: PositionLayout, into: Found): void {
  const [part] = list.parts
  if (part !== undefined && !hasPositions(list.key) && part.bytes[part.at] === DENSE) {
    readSets(part, into)
    return
  }
  const reader = new ListReader(list, layout)
  for (let doc = reader.seek(0); doc < END; doc = reader.seek(doc + 1)) into.add(doc, reader.place)
}

function readSets({ bytes, at, end }: StoredPart, { bits, words }: Found): void {
  const stored = new Uint32Array(bytes.slice(at + 1, end).buffer)
  const most = stored.length / (bits.length / words)
  for (let place = 0; place * most < stored.length; place++) {
    for (let word = 0; word < most; word++) bits[place * words + word]! |= stored[place * most + word]!
  }
}
