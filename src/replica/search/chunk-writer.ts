import type { Chunk } from './chunks.ts'
import {
  documentsKey,
  encode,
  encodeDocuments,
  isPair,
  longKey,
  noPostings,
  positionsKey,
  type Postings,
} from './postings.ts'
import { type PositionLayout, placeAt } from './segment.ts'

/** Small enough to be read for one list, large enough that the first keys of all of them are few. */
const CHUNK_BYTES = 8192
/** Of a long list: it is read as a whole, and each piece takes time. */
const LONG_CHUNK_BYTES = 32_768
/** A list with positions is long from so many bytes on, or so many documents, which would take about as many. */
const LONG_BYTES = 6144
/** Bits of a long list that go into one part. */
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

  /** Adds what is known of a unit, or of a pair of units. */
  add(units: number, list: Postings, layout: PositionLayout): void {
    if (!isPair(units)) return this.#addDocuments(documentsKey(units), list)
    const short = shortBody(list, layout)
    if (short !== undefined) return this.#addPart({ key: positionsKey(units), count: list.docs.length, body: short })
    this.#close()
    this.#addDocuments(documentsKey(units), list)
    for (const [third, some] of byThird(list, layout)) this.#addThree(units, third, some, layout)
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

  #addThree(units: number, third: number, list: Postings, layout: PositionLayout): void {
    const short = shortBody(list, layout)
    const count = list.docs.length
    if (short !== undefined) return this.#addPart({ key: positionsKey(units, third), count, body: short })
    // Those of a pair that nothing follows stand among those of the pair.
    if (third !== 0) this.#addDocuments(documentsKey(units, third), list)
    this.#close()
    for (const part of partsOf(longKey(units, third), list, layout.widths)) this.#addPart(part, LONG_CHUNK_BYTES)
  }

  #addDocuments(key: number, list: Postings): void {
    this.#addPart({ key, count: list.docs.length, body: encodeDocuments(list) })
  }

  #addPart({ key, count, after, body }: Part, most = CHUNK_BYTES): void {
    if (this.#bytes + body.length > most) this.#close()
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

/** A list with positions, as one; undefined for a long one. */
function shortBody(list: Postings, { widths }: PositionLayout): Uint8Array | undefined {
  if (list.docs.length >= LONG_BYTES) return undefined
  const body = encode(list, 0, list.docs.length, widths)
  return body.length < LONG_BYTES ? body : undefined
}

/** The lists of three units of which a pair's consists, by the third, ascending. */
function byThird({ docs, ends, positions, thirds }: Postings, layout: PositionLayout): [number, Postings][] {
  const lists = new Map<number, Postings>()
  let at = 0
  docs.forEach((doc, n) => {
    for (; at < ends[n]!; at++) {
      const list = lists.get(thirds[at]!) ?? noPostings()
      lists.set(thirds[at]!, list)
      if (list.docs.at(-1) !== doc) {
        list.docs.push(doc)
        list.places.push(placeAt(layout, doc, positions[at]!))
        list.ends.push(list.positions.length)
      }
      list.positions.push(positions[at]!)
      list.ends[list.ends.length - 1]!++
    }
  })
  return [...lists].sort(([one], [other]) => one - other)
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

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}
