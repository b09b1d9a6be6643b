import { newestFirst } from '#domain/record/order.ts'
import { type Chunk, ChunkWriter, eachList } from './chunks.ts'
import { isPair, noPostings, type Postings } from './postings.ts'
import { type DocumentFacts, factsOf, headOf, parted, type Segment, type SegmentHead } from './segment.ts'
import { documentsOf, PositionList, type StoredPart } from './stored-list.ts'

/** A segment that is put together with others. */
interface MergeSource {
  segment: Segment
  /** 0 for documents that a newer segment replaces, or that were taken out. */
  live: Uint8Array
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
    const key = Math.min(...cursors.map((cursor) => cursor.key))
    if (key === Infinity) break
    const lists: Postings[] = []
    for (const cursor of cursors) {
      const list = noPostings()
      while (cursor.key === key) {
        cursor.take(list)
        if (cursor.isOut) await cursor.load()
      }
      if (list.docs.length > 0) lists.push(list)
    }
    writer.add(key, interleaved(lists), head.widths)
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
      if (live[doc] === 1) all.push({ facts: factsOf(segment, ids[doc]!, doc), source, doc })
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

/** Reads the lists of one segment in the order of their keys. */
class Cursor {
  /** Key of the list that is next; Infinity after the last. */
  key = -1
  #lists: { key: number; part: StoredPart }[] = []
  #at = 0
  #chunk = 0
  #source: MergeSource
  #numbers: Int32Array

  constructor(source: MergeSource, numbers: Int32Array) {
    this.#source = source
    this.#numbers = numbers
  }

  /** Whether another chunk has to be loaded before `key` is known. */
  get isOut(): boolean {
    return this.key === -1
  }

  async load(): Promise<void> {
    const { segment, chunk } = this.#source
    if (this.#chunk === segment.firstKeys.length) {
      this.key = Infinity
      return
    }
    const firstKey = segment.firstKeys[this.#chunk]!
    const bytes = await chunk(this.#chunk++)
    this.#lists = []
    this.#at = 0
    eachList({ firstKey, bytes }, 0, Infinity, (key, part) => this.#lists.push({ key, part }))
    this.key = this.#lists[0]?.key ?? -1
  }

  /** Adds what is live of the next list, under the new numbers, and goes on. */
  take(into: Postings): void {
    const { widths } = this.#source.segment
    const { key, part } = this.#lists[this.#at]!
    const stored = { key, parts: [part] }
    const list = isPair(key) ? new PositionList(stored, widths) : documentsOf(stored)
    for (let n = 0; n < list.length; n++) {
      const number = this.#numbers[list.docs[n]!]!
      if (number < 0) continue
      into.docs.push(number)
      into.places.push(list.placeOf(n))
      if (!(list instanceof PositionList)) continue
      for (let at = 0; at < list.counts[n]!; at++) into.positions.push(list.positionAt(n, at))
      into.ends.push(into.positions.length)
    }
    this.key = this.#lists[++this.#at]?.key ?? -1
  }
}

/** Lists of different documents, each ascending, as one. */
function interleaved(lists: readonly Postings[]): Postings {
  if (lists.length === 1) return lists[0]!
  const result = noPostings()
  const at = lists.map(() => 0)
  for (;;) {
    let next = -1
    let lowest = Infinity
    for (let index = 0; index < lists.length; index++) {
      const doc = lists[index]!.docs[at[index]!]
      if (doc !== undefined && doc < lowest) {
        lowest = doc
        next = index
      }
    }
    if (next === -1) return result
    const { places, ends, positions } = lists[next]!
    const n = at[next]!++
    result.docs.push(lowest)
    result.places.push(places[n]!)
    if (ends.length === 0) continue
    for (let place = n === 0 ? 0 : ends[n - 1]!; place < ends[n]!; place++) result.positions.push(positions[place]!)
    result.ends.push(result.positions.length)
  }
}
