import { BrokenIndex } from './broken-index.ts'
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
 * @throws BrokenIndex
 */
export function readDocuments(list: StoredList, layout: PositionLayout, into: Found): void {
  const [part] = list.parts
  if (part !== undefined && !hasPositions(list.key) && part.bytes[part.at] === DENSE) {
    if ((part.end - part.at) % 4 !== 1) throw new BrokenIndex('A list is damaged')
    into.addSets(new Uint16Array(part.bytes.slice(part.at + 1, part.end).buffer))
    return
  }
  const reader = new ListReader(list, layout)
  for (let doc = reader.seek(0); doc < END; doc = reader.seek(doc + 1)) into.add(doc, reader.place)
}
