import { encode, isPair, type Postings } from './postings.ts'
import type { StoredPart } from './stored-list.ts'

/**
 * Lists, one after the other in the order of their keys, cut into pieces that are read as a whole. A piece holds, for each list:
 * the distance to the key before, how many documents, how many bytes, and these. A long list goes on in the next piece.
 */
export interface Chunk {
  firstKey: number
  bytes: Uint8Array
}

/** Small enough to be read for one word, large enough that the first keys of all of them are few. */
const CHUNK_BYTES = 32_768
/** Bits of one list that may go into one piece. */
const LIST_BITS = 8 * 24_000

/** Puts lists into chunks. Keys must ascend. */
export class ChunkWriter {
  #parts: Uint8Array[] = []
  #bytes = 0
  #firstKey = 0
  #lastKey = 0
  #ready: Chunk[] = []

  add(key: number, list: Postings, widths: Uint8Array): void {
    for (let from = 0; from < list.docs.length;) {
      const to = partEnd(list, from, key, widths)
      this.#addPart(key, to - from, encode(list, from, to, key, widths))
      from = to
    }
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

  #addPart(key: number, count: number, body: Uint8Array): void {
    if (this.#bytes + body.length > CHUNK_BYTES) this.#close()
    if (this.#bytes === 0) this.#firstKey = this.#lastKey = key
    const head: number[] = []
    for (const value of [key - this.#lastKey, count, body.length]) pushVarint(head, value)
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

/** As many documents as go into one piece. */
function partEnd({ docs, ends }: Postings, from: number, key: number, widths: Uint8Array): number {
  let bits = 0
  let to = from
  let at = from === 0 ? 0 : (ends[from - 1] ?? 0)
  while (to < docs.length && bits < LIST_BITS) {
    bits += 6
    if (isPair(key)) {
      bits += (ends[to]! - at) * widths[docs[to]!]!
      at = ends[to]!
    }
    to++
  }
  return to
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
  const varint = () => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    key += varint()
    const count = varint()
    const length = varint()
    if (key > to) return
    if (key >= from) visit(key, { bytes, at, count })
    at += length
  }
}

/** Which chunks may hold keys within bounds: from the first to before the second. @param firstKeys ascending */
export function chunksOf(firstKeys: Uint32Array, from: number, to: number): [number, number] {
  // A list that begins a chunk may have begun in the one before.
  return [Math.max(0, countBelow(firstKeys, from) - 1), countBelow(firstKeys, to + 1)]
}

/** How many of the ascending numbers are less than the bound. */
function countBelow(numbers: Uint32Array, bound: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < bound) low = middle + 1
    else high = middle
  }
  return low
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  bytes.push(rest)
}
