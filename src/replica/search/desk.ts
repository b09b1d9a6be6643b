import { hasRoom } from '../has-room.ts'
import { follow, type DocumentSource } from './follow.ts'
import type { IndexProgress, SearchAnswer } from './messages.ts'
import { placeOfAll, searchable } from './matcher.ts'
import { type Query, wordsOf } from './query.ts'
import type { SearchResult } from './results.ts'
import { scan } from './scan.ts'
import { rehearse } from './rehearsal.ts'
import type { SearchIndex } from './search-index.ts'
import { markedHit } from './snippet.ts'
import { BrokenIndex } from './broken-index.ts'

/** Content lives in the memory of a page, or is not there yet: a worker has nothing to look through. */
export class NoCopy extends Error {}

/** An index takes about as much room as the texts. */
export class NoRoom extends Error {}

/** Hits that are looked at in a rehearsal. */
const REHEARSED_HITS = 3

/** Answers from the index where there is one, and by looking through all texts where there is none yet. */
export class SearchDesk {
  #source: DocumentSource
  #index: SearchIndex
  #onBroken: () => void
  /** The index could not be brought up to date: what it does not know of would never be found. */
  #isBehind = false
  #latest = 0
  #isRehearsed = false

  /** @param onBroken called when a search has found the index broken: it is empty now, and wants `keepUp` */
  constructor(source: DocumentSource, index: SearchIndex, onBroken: () => void) {
    this.#source = source
    this.#index = index
    this.#onBroken = onBroken
  }

  /**
   * Finds documents, with what is shown of the first.
   * @param most hits wanted; the count is of all
   * @returns undefined when another question came before this one was answered
   * @throws NoCopy when there is nothing to look through
   */
  async search(query: Query, most: number): Promise<SearchAnswer | undefined> {
    const mine = ++this.#latest
    const isWanted = () => mine === this.#latest
    const [state, indexed] = await Promise.all([this.#source.state(), this.#fromIndex(query, most)])
    if (state === undefined) throw new NoCopy('There is no copy of the content here')
    if (!isWanted()) return undefined
    const shown = indexed && (await this.#shown(indexed, query))
    if (shown !== undefined) return shown
    // What the index says is not what is on the phone (any more): the texts themselves say what is.
    const scanned = await scan(this.#source, query, most, isWanted)
    return isWanted() ? this.#shown(scanned, query) : undefined
  }

  /**
   * Rehearses, once, for a person who is about to ask: of the first questions it is code that the browser has not compiled that takes
   * most of the time. Ends with the first question.
   */
  async rehearse(): Promise<void> {
    if (this.#isRehearsed || this.#latest > 0 || this.#isBehind) return
    this.#isRehearsed = true
    let isRehearsed = false
    try {
      isRehearsed = await this.#rehearse()
    } finally {
      // Who expects a question when there is an index tries again.
      this.#isRehearsed = isRehearsed
    }
  }

  /** @returns whether there was an index */
  async #rehearse(): Promise<boolean> {
    const id = await this.#index.someId()
    const [document] = id === undefined ? [] : await this.#source.read([id])
    if (document === undefined) return false
    const ask = async (text: string) => {
      const found = await this.#fromIndex({ text }, REHEARSED_HITS)
      if (found !== undefined) await this.#shown(found, { text })
    }
    await rehearse(`${document.title}\n${document.text}`, ask, () => this.#latest > 0)
    return true
  }

  /** Brings the index up to date, and puts it in order; one that is broken is made anew. */
  async keepUp(tell: (progress: IndexProgress) => void): Promise<void> {
    try {
      await this.#bringUp(tell).catch(async (error: unknown) => {
        if (!(error instanceof BrokenIndex)) throw error
        await this.#index.clear()
        await this.#bringUp(tell)
      })
      this.#isBehind = false
    } catch (error) {
      this.#isBehind = true
      throw error
    }
  }

  async #bringUp(tell: (progress: IndexProgress) => void): Promise<void> {
    const [state, indexed] = await Promise.all([this.#source.state(), this.#index.source()])
    if (state !== undefined && state !== indexed && !(await hasRoom()))
      throw new NoRoom('The phone has no room for an index')
    await this.#index.sweep()
    if ((await this.#index.source()) === undefined) tell({ state: 'building', done: 0 })
    const progress = (done: number) => tell({ state: 'building', done })
    while (!(await follow(this.#source, this.#index, progress)));
    tell({ state: 'ready' })
    while ((await hasRoom()) && (await this.#index.tidy()));
  }

  async #fromIndex(query: Query, most: number): Promise<SearchResult | undefined> {
    if (this.#isBehind) return undefined
    try {
      return await this.#index.searchAll(query, most)
    } catch (error) {
      if (!(error instanceof BrokenIndex)) throw error
      await this.#index.clear()
      this.#onBroken()
      return undefined
    }
  }

  /** With titles and snippets; undefined when a hit is not on the phone as it was found. */
  async #shown({ hits, total, regions }: SearchResult, query: Query): Promise<SearchAnswer | undefined> {
    const words = wordsOf(query.text)
    const documents = new Map((await this.#source.read(hits.map(({ id }) => id))).map((each) => [each.id, each]))
    const shown = hits.flatMap((hit) => {
      const document = documents.get(hit.id)
      if (document === undefined || placeOfAll(words, searchable(document)) !== hit.place) return []
      return [{ ...hit, kind: document.kind, ...markedHit(document, words) }]
    })
    return shown.length === hits.length ? { total, regions, hits: shown } : undefined
  }
}
