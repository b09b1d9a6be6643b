import { findWords, readChunks } from './answer-query.ts'
import { buildSegment } from './build.ts'
import { ChunkCache } from './chunk-cache.ts'
import { Connection } from './connection.ts'
import { EMPTY_STATE, SEARCH_DATABASE } from './database.ts'
import type { SearchDocument } from './document.ts'
import { mergeSegments } from './merge.ts'
import { type Query, wordsOf } from './query.ts'
import { Results, type SearchResult } from './results.ts'
import { joined, parted } from './segment.ts'
import { tidying } from './tidying.ts'
import { BrokenIndex, type IndexView, readView } from './view.ts'
import { type NewSegment, type WriteChunks, writeSegment } from './write-segment.ts'

/** Changes of this many documents or more become a segment at once. */
const MANY = 32
/** About 20 MB while a segment is being made. */
const SEGMENT_CHARACTERS = 1_000_000
const CACHE_BYTES = 2_500_000

/** What changed. A document that is put replaces the one with its id, wherever that is. */
export interface IndexChange {
  put: SearchDocument[]
  /** Ids of documents that are gone. */
  remove: string[]
}

/** Where the postings of the documents on the phone are kept. Whatever dies in the middle, what it says is of one whole state. */
export class SearchIndex {
  #connection: Connection
  #view: IndexView | undefined
  #cache = new ChunkCache(CACHE_BYTES)

  constructor(name: string = SEARCH_DATABASE) {
    this.#connection = new Connection(name, () => this.#forget())
  }

  /**
   * Finds documents.
   * @param most hits wanted; the count is of all
   * @throws BrokenIndex
   */
  async search(query: Query, most: number): Promise<SearchResult> {
    const words = wordsOf(query.text)
    const results = new Results(query, most)
    if (words.length === 0) return results.result()
    const { view, chunks } = await this.#connection.transact('readonly', async (transaction) => {
      const view = await this.#read(transaction)
      const read = ({ segment }: IndexView['segments'][number]) => readChunks(segment, words, transaction, this.#cache)
      return { view, chunks: await Promise.all(view.segments.map(read)) }
    })
    view.segments.forEach((segment, index) => {
      results.addSegment(segment, findWords(words, segment.segment, chunks[index]!))
    })
    for (const { pending, folded } of view.pending) {
      const text = folded()
      if (pending.document !== undefined && text !== undefined) results.addDocument(pending.document, text, words)
    }
    return results.result()
  }

  /** Digests of what is indexed, by id. */
  digests(): Promise<Map<string, string>> {
    return this.#connection.transact('readonly', async (transaction) => {
      const { segments, pending } = await this.#read(transaction)
      const known = new Map<string, string>()
      const lists = await Promise.all(segments.map(({ segment }) => transaction.digests(segment.key)))
      segments.forEach(({ segment, live }, index) => {
        const digests = parted(lists[index]!)
        parted(segment.ids).forEach((id, doc) => live[doc] === 1 && known.set(id, digests[doc] ?? ''))
      })
      for (const { pending: entry } of pending) if (entry.document) known.set(entry.id, entry.document.digest)
      return known
    })
  }

  /** Which state of the content is indexed completely. */
  source(): Promise<string | undefined> {
    return this.#connection.transact('readonly', async (transaction) => (await transaction.state()).source)
  }

  /** Says which state of the content is indexed completely. */
  async mark(source: string): Promise<void> {
    await this.#connection.transact('readwrite', async (transaction) => {
      transaction.putState({ ...(await transaction.state()), source })
    })
  }

  /** Takes in changes. Few stay apart, as they are, until `tidy`; many become segments at once. */
  async update({ put, remove }: IndexChange): Promise<void> {
    if (put.length < MANY) return this.#addPending(put, remove)
    let from = 0
    let gone = remove
    while (from < put.length) {
      let characters = 0
      let to = from
      while (to < put.length && characters < SEGMENT_CHARACTERS) characters += put[to++]!.text.length + 100
      await this.#addSegment(put.slice(from, to), gone)
      from = to
      gone = []
    }
  }

  /**
   * One step of putting things in order: pending changes become a segment, segments become fewer.
   * @returns whether anything was done; then there may be more
   */
  async tidy(): Promise<boolean> {
    const view = await this.#connection.transact('readonly', (transaction) => this.#read(transaction))
    const step = tidying(view)
    if (step === undefined) return false
    if (step === 'pending') await this.#settlePending(view)
    else await this.#merge(view, step)
    return true
  }

  /** Drops what a writer left that was ended in the middle. */
  async sweep(): Promise<void> {
    await this.#connection.transact('readwrite', async (transaction) => {
      const state = await transaction.state()
      if (state.filling.length === 0) return
      for (const key of state.filling) transaction.dropSegment(key)
      transaction.putState({ ...state, filling: [] })
    })
  }

  async clear(): Promise<void> {
    await this.#connection.transact('readwrite', async (transaction) => {
      const { turn, nextSegment } = await transaction.state()
      transaction.clear()
      transaction.putState({ ...EMPTY_STATE, turn, nextSegment })
    })
    this.#forget()
  }

  close(): void {
    this.#connection.close()
    this.#forget()
  }

  #forget(): void {
    this.#view = undefined
    this.#cache.clear()
  }

  async #read(transaction: Parameters<typeof readView>[0]): Promise<IndexView> {
    return (this.#view = await readView(transaction, this.#view))
  }

  #addPending(put: readonly SearchDocument[], remove: readonly string[]): Promise<void> {
    return this.#connection.transact('readwrite', async (transaction) => {
      const state = await transaction.state()
      const { turn } = state
      for (const id of remove) transaction.putPending({ id, turn })
      for (const document of put) transaction.putPending({ id: document.id, turn, document })
      transaction.putState(state)
    })
  }

  async #addSegment(put: readonly SearchDocument[], remove: readonly string[]): Promise<void> {
    const documents = [...new Map(put.map((document) => [document.id, document])).values()]
    const settled = documents.map(({ id }) => id).concat(remove)
    await writeSegment(this.#connection, async (write) => built(documents, remove, write), { settled })
  }

  async #settlePending(view: IndexView): Promise<void> {
    const entries = view.pending.map(({ pending }) => pending)
    const documents = entries.flatMap(({ document }) => document ?? [])
    const removed = entries.filter(({ document }) => document === undefined).map(({ id }) => id)
    const turns = new Map(entries.map(({ id, turn }) => [id, turn]))
    const options = { settled: [...turns.keys()], turns }
    await writeSegment(this.#connection, async (write) => built(documents, removed, write), options)
  }

  async #merge(view: IndexView, [from, to]: readonly [number, number]): Promise<void> {
    const merged = view.segments.slice(from, to)
    const removed = from === 0 ? [] : merged.flatMap(({ segment }) => parted(segment.removed))
    const digests = await this.digests()
    const chunk = (key: number, index: number) =>
      this.#connection.transact('readonly', async (transaction) => {
        const bytes = await transaction.chunk(key, index)
        if (bytes === undefined) throw new BrokenIndex('A chunk that is being merged is gone')
        return bytes
      })
    const sources = merged.map((source) => ({ ...source, chunk: (n: number) => chunk(source.segment.key, n) }))
    const replaces = merged.map(({ segment }) => segment.key)
    await writeSegment(
      this.#connection,
      async (write) => {
        const head = await mergeSegments(sources, [...new Set(removed)], write)
        return { head, digests: joined(parted(head.ids).map((id) => digests.get(id) ?? '')) }
      },
      { replaces },
    )
  }
}

async function built(
  documents: readonly SearchDocument[],
  removed: readonly string[],
  write: WriteChunks,
): Promise<NewSegment> {
  const { head, chunks } = buildSegment(documents, removed)
  await write(chunks)
  const digests = new Map(documents.map(({ id, digest }) => [id, digest]))
  return { head, digests: joined(parted(head.ids).map((id) => digests.get(id) ?? '')) }
}
