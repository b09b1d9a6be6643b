import { newestFirst } from '#domain/record/order.ts'
import { type Bits, hasBit, numbersIn } from './bitset.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { type Chunk, eachList } from './chunks.ts'
import { IN_TEXT } from './document.ts'
import { Found } from './found.ts'
import { END, ListReader } from './list-reader.ts'
import { Gathered } from './gathered.ts'
import { hasPositions, isPair, thirdOfKey, unitsOfKey } from './postings.ts'
import { type DocumentFacts, factsOf, headOf, parted, type Segment, type SegmentHead } from './segment.ts'
import { readDocuments, type StoredList, type StoredPart } from './stored-list.ts'

/** A segment that is put together with others. */
interface MergeSource {
  segment: Segment
  /** Documents that no newer segment replaces and that were not taken out, as bits. */
  live: Bits
  /** @param index of one of its chunks, counted from 0 */
  chunk: (index: number) => Promise<Uint8Array>
}

/**
 * Puts segments together into one, leaving out what is dead. Reads and writes a chunk at a time: it never holds much.
 * @param write is called with chunks in the order of their keys
 * @param removed ids that segments older than these may hold
 */
export async function mergeSegments(
  sources: readonly MergeSource[],
  removed: readonly string[],
  write: (chunks: Chunk[]) => Promise<void>,
): Promise<SegmentHead> {
  const { head, numbers } = renumbered(sources, removed)
  const cursors = sources.map((source, index) => new Cursor(source, numbers[index]!))
  const writer = new ChunkWriter()
  for (;;) {
    for (const cursor of cursors) if (cursor.isOut) await cursor.load()
    const units = Math.min(...cursors.map((cursor) => cursor.units))
    if (units === Infinity) break
    const gathered = new Gathered()
    for (const cursor of cursors) {
      while (cursor.units === units) {
        cursor.take(gathered)
        if (cursor.isOut) await cursor.load()
      }
    }
    const list = isPair(units) ? gathered.positions(head) : gathered.documents()
    if (list.docs.length > 0) writer.add(units, list, head)
    const ready = writer.takeReady()
    if (ready.length > 0) await write(ready)
  }
  await write(writer.finish())
  return head
}

/** The new head, and for each source the new number of each document, -1 for the dead. */
function renumbered(sources: readonly MergeSource[], removed: readonly string[]) {
  const all: { facts: DocumentFacts; source: number; doc: number }[] = []
  sources.forEach(({ segment, live }, source) => {
    const ids = parted(segment.ids)
    for (let doc = 0; doc < segment.size; doc++) {
      if (hasBit(live, doc)) all.push({ facts: factsOf(segment, ids[doc]!, doc), source, doc })
    }
  })
  all.sort((a, b) => newestFirst(a.facts, b.facts))
  const numbers = sources.map(({ segment }) => new Int32Array(segment.size).fill(-1))
  all.forEach(({ source, doc }, number) => (numbers[source]![doc] = number))
  const of = <T extends 'titleEnds' | 'tagEnds' | 'widths'>(field: T) =>
    all.map(({ source, doc }) => sources[source]!.segment[field][doc]!)
  const layout = {
    titleEnds: Uint32Array.from(of('titleEnds')),
    tagEnds: Uint32Array.from(of('tagEnds')),
    widths: Uint8Array.from(of('widths')),
  }
  const facts = all.map((entry) => entry.facts)
  return { head: headOf(facts, layout, removed), numbers }
}

/** Reads the lists of one segment in the order of what they are of. */
class Cursor {
  /** What the list that is next is of; Infinity after the last. */
  units = -1
  #lists: { key: number; part: StoredPart }[] = []
  #at = 0
  #chunk = 0
  #source: MergeSource
  #numbers: Int32Array

  constructor(source: MergeSource, numbers: Int32Array) {
    this.#source = source
    this.#numbers = numbers
  }

  /** Whether another chunk has to be loaded before `units` is known. */
  get isOut(): boolean {
    return this.units === -1
  }

  async load(): Promise<void> {
    const { segment, chunk } = this.#source
    if (this.#chunk === segment.firstKeys.length) {
      this.units = Infinity
      return
    }
    const firstKey = segment.firstKeys[this.#chunk]!
    const bytes = await chunk(this.#chunk++)
    this.#lists = []
    this.#at = 0
    eachList({ firstKey, bytes }, 0, Infinity, (key, part) => {
      // The documents of a pair stand with its positions too.
      if (hasPositions(key) || !isPair(unitsOfKey(key))) this.#lists.push({ key, part })
    })
    this.#go()
    if (this.isOut) await this.load()
  }

  /** Adds what is live of the next list, under the new numbers, and goes on. */
  take(into: Gathered): void {
    const { key, part } = this.#lists[this.#at++]!
    const list = { key, parts: [part] }
    if (hasPositions(key)) this.#takePositions(list, into)
    else this.#takeDocuments(list, into)
    this.#go()
  }

  #go(): void {
    const next = this.#lists[this.#at]
    this.units = next === undefined ? -1 : unitsOfKey(next.key)
  }

  #takeDocuments(list: StoredList, into: Gathered): void {
    const found = new Found(this.#source.segment.size)
    readDocuments(list, this.#source.segment, found)
    for (const doc of numbersIn(found.upTo(IN_TEXT))) {
      const number = this.#numbers[doc]!
      if (number >= 0) into.addDocument(number, found.placeOf(doc))
    }
  }

  #takePositions(list: StoredList, into: Gathered): void {
    const reader = new ListReader(list, this.#source.segment)
    const third = thirdOfKey(list.key)
    for (let doc = reader.seek(0); doc < END; doc = reader.seek(doc + 1)) {
      const number = this.#numbers[doc]!
      if (number < 0) continue
      for (let n = 0; n < reader.count; n++) into.add(number, reader.positionAt(n), third || reader.thirdAt(n))
    }
  }
}
