import { findWords, readChunks } from './answer-query.ts'
import { buildSegment } from './build.ts'
import { ChunkCache } from './chunk-cache.ts'
import type { Chunk } from './chunks.ts'
import { EMPTY_STATE, openSearchDatabase, SEARCH_DATABASE, transact } from './database.ts'
import type { SearchDocument } from './document.ts'
import { mergeSegments } from './merge.ts'
import { type Query, wordsOf } from './query.ts'
import { Results, type SearchResult } from './results.ts'
import { parted, type SegmentHead } from './segment.ts'
import { tidying } from './tidying.ts'
import { type IndexView, readView } from './view.ts'

/** Changes of this many documents or more become a segment at once. */
const MANY = 32
/** About 20 MB while a segment is being made. */
const SEGMENT_CHARACTERS = 1_000_000
const CACHE_BYTES = 2_500_000
/** Chunks written in one transaction. */
const BATCH = 8

/** What changed. A document that is put replaces the one with its id, wherever that is. */
export interface IndexChange {
  put: SearchDocument[]
  /** Ids of documents that are gone. */
  remove: string[]
}

/** Where the postings of the documents on the phone are kept. Whatever dies in the middle, what it says is of one whole state. */
export class SearchIndex {
  #database: IDBDatabase
  #view: IndexView | undefined
  #cache = new ChunkCache(CACHE_BYTES)

  private constructor(database: IDBDatabase) {
    this.#database = database
  }

  static async open(name: string = SEARCH_DATABASE): Promise<SearchIndex> {
    return new SearchIndex(await openSearchDatabase(name))
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
    const { view, chunks } = await transact(this.#database, 'readonly', async (transaction) => {
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
    return transact(this.#database, 'readonly', async (transaction) => {
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
    return transact(this.#database, 'readonly', async (transaction) => (await transaction.state()).source)
  }

  /** Says which state of the content is indexed completely. */
  async mark(source: string): Promise<void> {
    await transact(this.#database, 'readwrite', async (transaction) => {
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
    const view = await transact(this.#database, 'readonly', (transaction) => this.#read(transaction))
    const step = tidying(view)
    if (step === undefined) return false
    if (step === 'pending') await this.#settlePending(view)
    else await this.#merge(view, step)
    return true
  }

  /** Drops what a writer left that was ended in the middle. */
  async sweep(): Promise<void> {
    await transact(this.#database, 'readwrite', async (transaction) => {
      const state = await transaction.state()
      if (state.filling.length === 0) return
      for (const key of state.filling) transaction.dropSegment(key)
      transaction.putState({ ...state, filling: [] })
    })
  }

  async clear(): Promise<void> {
    await transact(this.#database, 'readwrite', async (transaction) => {
      const { turn, nextSegment } = await transaction.state()
      transaction.clear()
      transaction.putState({ ...EMPTY_STATE, turn, nextSegment })
    })
    this.#cache.clear()
  }

  close(): void {
    this.#database.close()
  }

  async #read(transaction: Parameters<typeof readView>[0]): Promise<IndexView> {
    return (this.#view = await readView(transaction, this.#view))
  }

  #addPending(put: readonly SearchDocument[], remove: readonly string[]): Promise<void> {
    return transact(this.#database, 'readwrite', async (transaction) => {
      const state = await transaction.state()
      const { turn } = state
      for (const id of remove) transaction.putPending({ id, turn })
      for (const document of put) transaction.putPending({ id: document.id, turn, document })
      transaction.putState(state)
    })
  }

  async #addSegment(put: readonly SearchDocument[], remove: readonly string[]): Promise<void> {
    const documents = [...new Map(put.map((document) => [document.id, document])).values()]
    const { head, chunks } = buildSegment(documents, remove)
    await this.#write(
      async (write) => {
        await write(chunks)
        return { head, digests: digestsIn(head, documents), replaces: [] }
      },
      documents.map(({ id }) => id).concat(remove),
    )
  }

  async #settlePending(view: IndexView): Promise<void> {
    const entries = view.pending.map(({ pending }) => pending)
    const documents = entries.flatMap(({ document }) => document ?? [])
    const { head, chunks } = buildSegment(
      documents,
      entries.filter((entry) => !entry.document).map(({ id }) => id),
    )
    const turns = new Map(entries.map(({ id, turn }) => [id, turn]))
    await this.#write(
      async (write) => {
        await write(chunks)
        return { head, digests: digestsIn(head, documents), replaces: [] }
      },
      [...turns.keys()],
      turns,
    )
  }

  async #merge(view: IndexView, [from, to]: readonly [number, number]): Promise<void> {
    const merged = view.segments.slice(from, to)
    const removed = from === 0 ? [] : merged.flatMap(({ segment }) => parted(segment.removed))
    const digests = await this.digests()
    await this.#write(async (write) => {
      const chunk = (key: number, index: number) =>
        transact(this.#database, 'readonly', async (transaction) => {
          const bytes = await transaction.chunk(key, index)
          if (bytes === undefined) throw new Error('A chunk that is being merged is gone')
          return bytes
        })
      const sources = merged.map((source) => ({ ...source, chunk: (n: number) => chunk(source.segment.key, n) }))
      const head = await mergeSegments(sources, [...new Set(removed)], write)
      const joined = parted(head.ids).map((id) => digests.get(id) ?? '')
      return { head, digests: joined.join('\n'), replaces: merged.map(({ segment }) => segment.key) }
    }, [])
  }

  /**
   * Writes a new segment: its chunks first, which nobody sees, then in one transaction all that makes it count.
   * @param settled ids whose pending changes it makes needless
   * @param turns if given, only those pending changes that are still of these turns
   */
  async #write(
    make: (
      write: (chunks: Chunk[]) => Promise<void>,
    ) => Promise<{ head: SegmentHead; digests: string; replaces: number[] }>,
    settled: readonly string[],
    turns?: ReadonlyMap<string, number>,
  ): Promise<void> {
    const key = await transact(this.#database, 'readwrite', async (transaction) => {
      const state = await transaction.state()
      const { nextSegment, filling } = state
      transaction.putState({ ...state, nextSegment: nextSegment + 1, filling: [...filling, nextSegment] })
      return nextSegment
    })
    const firstKeys: number[] = []
    const { head, digests, replaces } = await make(async (chunks) => {
      for (let from = 0; from < chunks.length; from += BATCH) {
        await transact(this.#database, 'readwrite', (transaction) => {
          for (const { firstKey, bytes } of chunks.slice(from, from + BATCH)) {
            transaction.putChunk(key, firstKeys.length, bytes)
            firstKeys.push(firstKey)
          }
          return Promise.resolve()
        })
      }
    })
    await transact(this.#database, 'readwrite', async (transaction) => {
      const state = await transaction.state()
      const place = replaces.length === 0 ? state.segments.length : state.segments.indexOf(replaces[0]!)
      const still = state.segments.slice(place, place + replaces.length)
      if (!state.filling.includes(key) || place === -1 || still.join() !== replaces.join()) {
        transaction.dropSegment(key)
        return
      }
      for (const id of settled) {
        const isSettled = turns === undefined || (await transaction.pendingOf(id))?.turn === turns.get(id)
        if (isSettled) transaction.dropPending(id)
      }
      for (const replaced of replaces) transaction.dropSegment(replaced)
      const segments = [...state.segments]
      segments.splice(place, replaces.length, ...(head.size === 0 && head.removed === '' ? [] : [key]))
      if (segments.includes(key))
        transaction.putSegment({ ...head, key, firstKeys: Uint32Array.from(firstKeys) }, digests)
      transaction.putState({ ...state, segments, filling: state.filling.filter((other) => other !== key) })
    })
  }
}

function digestsIn(head: SegmentHead, documents: readonly SearchDocument[]): string {
  const digests = new Map(documents.map(({ id, digest }) => [id, digest]))
  return parted(head.ids)
    .map((id) => digests.get(id) ?? '')
    .join('\n')
}
