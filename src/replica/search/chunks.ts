import {
  documentsKey,
  encode,
  encodeDocuments,
  hasPositions,
  isPair,
  longKey,
  positionsKey,
  type Postings,
} from './postings.ts'
import type { StoredPart } from './stored-list.ts'

/**
 * Lists, one after the other in the order of their keys, cut into pieces that are read as a whole. A piece holds, for each list:
 * the distance to the key before, how many documents, how many bytes, and these. A list with positions stands in parts, each of which
 * says after which document it goes on. Only the parts of a long one may go on in the next piece; it begins one of its own.
 */
export interface Chunk {
  firstKey: number
  bytes: Uint8Array
}

/** Small enough to be read for one list, large enough that the first keys of all of them are few. */
const CHUNK_BYTES = 8192
/** Of a long list: it is read as a whole, and each piece takes time. */
const LONG_CHUNK_BYTES = 32_768
/** A list with positions is long from so many bytes on. */
const LONG_BYTES = 4096
/** Bits of one list that go into one part. */
const PART_BITS = 8 * 1000

interface Part {
  key: number
  count: number
  /** Last document of the part before. */
  after?: number
  body: Uint8Array
}

/** Puts lists into chunks, in the order of what they are of. */
export class ChunkWriter {
  #parts: Uint8Array[] = []
  #bytes = 0
  #firstKey = 0
  #lastKey = 0
  #ready: Chunk[] = []

  add(units: number, list: Postings, widths: Uint8Array): void {
    const documents = () => [{ key: documentsKey(units), count: list.docs.length, body: encodeDocuments(list) }]
    if (!isPair(units)) return this.#addParts(documents())
    const parts = partsOf(positionsKey(units), list, widths)
    if (parts.reduce((sum, { body }) => sum + body.length, 0) < LONG_BYTES) return this.#addParts(parts)
    this.#addParts(documents())
    this.#close()
    for (const part of parts) this.#addParts([{ ...part, key: longKey(units) }], LONG_CHUNK_BYTES)
  }

  /** Chunks that are full. */
  takeReady(): Chunk[] {
    const ready = this.#ready
    this.#ready = []
    return ready
  }

  /** Everything that was not taken yet. */
  finish(): Chunk[] {
    this.#close()
    return this.takeReady()
  }

  /** Adds parts, all of them to one chunk. */
  #addParts(parts: readonly Part[], most = CHUNK_BYTES): void {
    if (this.#bytes + parts.reduce((sum, { body }) => sum + body.length, 0) > most) this.#close()
    for (const part of parts) this.#addPart(part)
  }

  #addPart({ key, count, after, body }: Part): void {
    if (this.#bytes === 0) this.#firstKey = this.#lastKey = key
    const goesOn = after === undefined ? [] : [after]
    const head = [key - this.#lastKey, count * 2 + goesOn.length, ...goesOn, body.length].flatMap(varint)
    this.#lastKey = key
    this.#parts.push(Uint8Array.from(head), body)
    this.#bytes += head.length + body.length
  }

  #close(): void {
    if (this.#bytes === 0) return
    const bytes = new Uint8Array(this.#bytes)
    let at = 0
    for (const part of this.#parts) {
      bytes.set(part, at)
      at += part.length
    }
    this.#ready.push({ firstKey: this.#firstKey, bytes })
    this.#parts = []
    this.#bytes = 0
  }
}

function partsOf(key: number, list: Postings, widths: Uint8Array): Part[] {
  const { docs, ends } = list
  const parts: Part[] = []
  for (let from = 0; from < docs.length;) {
    let to = from
    for (let bits = 0; to < docs.length && bits < PART_BITS; to++) {
      bits += 6 + (ends[to]! - (to === 0 ? 0 : ends[to - 1]!)) * widths[docs[to]!]!
    }
    const after = from === 0 ? {} : { after: docs[from - 1]! }
    parts.push({ key, count: to - from, ...after, body: encode(list, from, to, widths) })
    from = to
  }
  return parts
}

/** Calls `visit` for each list, or part of one, whose key is within bounds. */
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
    key += next()
    const count = next()
    const after = count % 2 === 1 ? next() : -1
    const length = next()
    const end = at + length
    if (key > to) return
    if (key >= from) visit(key, { bytes, at, end, count: count >>> 1, after })
    at = end
  }
}

/**
 * Which chunks may hold lists whose keys are within bounds, both included: from the first to before the second. Bounds that begin
 * with positions end with those of long lists.
 * @param firstKeys ascending
 */
export function chunksOf(firstKeys: Float64Array, from: number, to: number): [number, number] {
  // Only a long list goes on in another chunk, and it begins one: any other may stand in the middle.
  const begin = hasPositions(from) ? from + 1 : from
  const at = countBelow(firstKeys, begin)
  return [firstKeys[at] === begin ? at : Math.max(0, at - 1), countBelow(firstKeys, to + 1)]
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

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}
