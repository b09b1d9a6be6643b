import { newestFirst } from '#domain/record/order.ts'
import { ChunkWriter } from './chunk-writer.ts'
import type { Chunk } from './chunks.ts'
import { normal, type SearchDocument } from './document.ts'
import { BREAK } from './fold.ts'
import { initialsOf, readingsOf } from './pinyin.ts'
import { pairOf } from './postings.ts'
import { headOf, placeAt, type SegmentHead } from './segment.ts'
import { eachSorted, Tuples } from './tuples.ts'
import { UnitBuffer } from './units.ts'

const GAP = BREAK.charCodeAt(0)

/** Reads documents into lists that are not sorted yet. */
class Layout {
  readonly tuples = new Tuples()
  #units = new UnitBuffer()
  /** For each unit the last document that it was noted for, so that its first position there is noted only. */
  #noted = new Int32Array(0x10000).fill(-1)

  /** @returns where in the document title and tags end, and how many positions it has */
  add(doc: number, { title, tags, text }: SearchDocument): { titleEnd: number; tagEnd: number; length: number } {
    const units = this.#units
    units.clear()
    units.add(normal(title))
    const titleLength = units.length
    this.#addText(doc, 0, titleLength, 0)
    // The readings of the title stand after it, and count as title.
    this.#addReadings(doc, titleLength, titleLength + 1)
    this.#addInitials(doc, titleLength, 2 * titleLength + 2)
    const titleEnd = 3 * titleLength + 3
    const shift = titleEnd - titleLength
    units.push(GAP, 0)
    units.add(normal(tags))
    const tagEnd = shift + units.length
    units.push(GAP, 0)
    units.add(normal(text))
    this.#addText(doc, titleLength, units.length, shift)
    return { titleEnd, tagEnd, length: shift + units.length }
  }

  #addText(doc: number, from: number, to: number, shift: number): void {
    const { codes } = this.#units
    for (let at = from; at < to; at++) {
      const code = codes[at]!
      if (code === GAP) continue
      this.#note(doc, code, at + shift)
      const next = at + 1 < to ? codes[at + 1]! : GAP
      if (next === GAP) continue
      const third = at + 2 < to ? codes[at + 2]! : GAP
      this.tuples.push(pairOf(code, next), doc, at + shift, third === GAP ? 0 : third)
    }
  }

  #addReadings(doc: number, length: number, shift: number): void {
    this.#addAlternatives(doc, length, shift, readingsOf)
  }

  #addInitials(doc: number, length: number, shift: number): void {
    this.#addAlternatives(doc, length, shift, initialsOf)
  }

  /** A character that is read in several ways stands for each of them, in one place. */
  #addAlternatives(doc: number, length: number, shift: number, of: (code: number) => readonly number[]): void {
    const { codes } = this.#units
    let before: readonly number[] = []
    for (let at = 0; at < length; at++) {
      const units = of(codes[at]!)
      for (const unit of units) {
        this.#note(doc, unit, at + shift)
        for (const earlier of before) this.tuples.push(pairOf(earlier, unit), doc, at + shift - 1, 0)
      }
      before = units
    }
  }

  #note(doc: number, code: number, position: number): void {
    if (this.#noted[code] === doc) return
    this.#noted[code] = doc
    this.tuples.push(code, doc, position, 0)
  }
}

/**
 * Indexes documents.
 * @param documents each id once
 * @param removed ids that older segments may hold and that are gone
 */
export function buildSegment(
  documents: readonly SearchDocument[],
  removed: readonly string[],
): { head: SegmentHead; chunks: Chunk[] } {
  const sorted = [...documents].sort(newestFirst)
  const layout = new Layout()
  const titleEnds = new Uint32Array(sorted.length)
  const tagEnds = new Uint32Array(sorted.length)
  const widths = new Uint8Array(sorted.length)
  sorted.forEach((document, doc) => {
    const { titleEnd, tagEnd, length } = layout.add(doc, document)
    titleEnds[doc] = titleEnd
    tagEnds[doc] = tagEnd
    widths[doc] = 32 - Math.clz32(length)
  })
  const positions = { titleEnds, tagEnds, widths }

  const writer = new ChunkWriter()
  eachSorted(layout.tuples, (key, list) => {
    // The first position says the place: the title comes first, then the tags.
    list.places = list.docs.map((doc, n) => placeAt(positions, doc, list.positions[n === 0 ? 0 : list.ends[n - 1]!]!))
    writer.add(key, list, positions)
  })
  return { head: headOf(sorted, positions, removed), chunks: writer.finish() }
}
