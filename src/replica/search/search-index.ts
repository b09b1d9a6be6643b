import { SegmentSearch } from './answer-query.ts'
import { hasBit } from './bitset.ts'
import { ChunkCache } from './chunk-cache.ts'
import { Connection } from './connection.ts'
import { EMPTY_STATE, type IndexState, SEARCH_DATABASE, type SearchTransaction } from './database.ts'
import type { SearchDocument } from './document.ts'
import type { Found } from './found.ts'
import { addDocuments, mergeRange, settlePending } from './make-segment.ts'
import { type Query, type Word, wordsOf } from './query.ts'
import { Results, type SearchResult } from './results.ts'
import { tidying } from './tidying.ts'
import { digestsOf, type IndexView, readView } from './view.ts'
import { sweepFilling } from './write-segment.ts'

/** Changes of this many documents or more become a segment at once. */
const MANY = 32
/** Some 35 MB while a segment is being made. */
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
    return (await this.#answer(query, most)).result
  }

  /**
   * Finds documents as `search` does, if everything is indexed, as of some state of the content.
   * @returns undefined as long as it is not
   * @throws BrokenIndex
   */
  async searchAll(query: Query, most: number): Promise<SearchResult | undefined> {
    const { isComplete, result } = await this.#answer(query, most)
    return isComplete ? result : undefined
  }

  /** Digests of what is indexed, by id. */
  digests(): Promise<Map<string, string>> {
    return this.#connection.transact('readonly', async (transaction) =>
      digestsOf(await this.#read(transaction), transaction),
    )
  }

  /** Id of some document, once everything is indexed. */
  someId(): Promise<string | undefined> {
    return this.#connection.transact('readonly', async (transaction) => {
      const { state, segments } = await this.#read(transaction)
      const [first] = state.source === undefined ? [] : segments
      return first?.ids.find((_, doc) => hasBit(first.live, doc))
    })
  }

  /** Which state of the content is indexed completely. */
  source(): Promise<string | undefined> {
    return this.#connection.transact('readonly', async (transaction) => (await transaction.state()).source)
  }

  /** Begins to bring the index up to its source. @returns what `mark` is to be given */
  async begin(): Promise<number> {
    const run = Math.random()
    await this.#connection.transact('readwrite', async (transaction) => {
      transaction.putState({ ...(await transaction.state()), run })
    })
    return run
  }

  /**
   * Says which state of the content is indexed completely.
   * @returns false when the index was dropped, or another run begun, since `begin` gave this number: nobody knows what is missing then
   */
  mark(source: string, run: number): Promise<boolean> {
    return this.#connection.transact('readwrite', async (transaction) => {
      const state = await transaction.state()
      if (state.run !== run) return false
      transaction.putState({ ...state, source })
      return true
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
      await addDocuments(this.#connection, put.slice(from, to), gone)
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
    if (step === 'pending') await settlePending(this.#connection, view)
    else await mergeRange(this.#connection, view, step, await this.digests())
    return true
  }

  /** Drops what a writer left that was ended in the middle. Nobody else may be writing. */
  sweep(): Promise<void> {
    return sweepFilling(this.#connection)
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
    this.#cache = new ChunkCache(CACHE_BYTES)
  }

  async #read(transaction: SearchTransaction, state?: IndexState): Promise<IndexView> {
    const cache = this.#cache
    const view = await readView(transaction, state ?? (await transaction.state()), this.#view)
    if (cache === this.#cache) this.#view = view
    return view
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

  async #answer(query: Query, most: number): Promise<{ isComplete: boolean; result: SearchResult }> {
    const words = wordsOf(query.text)
    const results = new Results(query, most)
    if (words.length === 0) return { isComplete: true, result: results.result() }
    const { view, found } = await this.#findIn(words).catch((error: unknown) => {
      // Where a browser drops the file of a segment that another tab has replaced: what is there now can be read.
      if (!(error instanceof DOMException)) throw error
      this.#forget()
      return this.#findIn(words)
    })
    view.segments.forEach((segment, index) => results.addSegment(segment, found[index]!))
    for (const { pending, folded } of view.pending) {
      const text = folded()
      if (pending.document !== undefined && text !== undefined) results.addDocument(pending.document, text, words)
    }
    return { isComplete: view.state.source !== undefined, result: results.result() }
  }

  /**
   * Reads the state, and at the same time what is needed if it is still the one known. What that is is thought of before, so that all is
   * asked for in one go.
   */
  #findIn(words: readonly Word[]): Promise<{ view: IndexView; found: Found[] }> {
    const cache = this.#cache
    const known = this.#view
    const searchesIn = (view: IndexView) => view.segments.map((segment) => new SegmentSearch(segment, words, cache))
    // A file is not read by the transaction, which would be over with that.
    const isAhead = known?.segments.every(({ file }) => file === undefined) === true
    const ahead = isAhead ? searchesIn(known) : []
    return this.#connection.transact('readonly', async (transaction) => {
      const asked = transaction.askState()
      const read = async (searches: readonly SegmentSearch[]) => {
        await Promise.all(searches.map((search) => search.read(transaction)))
      }
      // What is read of a state, or a database, that is no more may be missing: then, and for whatever else, it is read again.
      const isRead =
        isAhead &&
        this.#view === known &&
        (await read(ahead).then(
          () => true,
          () => false,
        ))
      const state = await asked()
      if (isRead && state.turn === known.state.turn)
        return { view: known, found: ahead.map((search) => search.found()) }
      const view = await this.#read(transaction, state)
      const searches = searchesIn(view)
      await read(searches)
      return { view, found: searches.map((search) => search.found()) }
    })
  }
}
