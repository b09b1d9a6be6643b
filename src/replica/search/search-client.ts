import { CONTENT_DATABASE } from '../database.ts'
import { fullAt, noteFull } from '../full-note.ts'
import { SEARCH_DATABASE } from './database.ts'
import type { Asked, IndexProgress, SearchAnswer, Told } from './messages.ts'
import type { Query } from './query.ts'

/** The search as a page sees it. */
export interface PhoneSearch {
  /**
   * Finds what is on the phone.
   * @param most hits wanted; the count is of all
   * @returns undefined when another question was asked meanwhile
   * @throws SearchFailure where the worker cannot work: then a page has to look for itself
   */
  search(query: Query, most: number): Promise<SearchAnswer | undefined>
  /** Says that the copy of the content may have changed. */
  changed(): void
  /** Says that somebody is about to ask. */
  expect(): void
  close(): void
}

/** The worker cannot be had, or cannot reach its databases. */
export class SearchFailure extends Error {}

interface SearchOptions {
  content?: string
  database?: string
  progress: (progress: IndexProgress) => void
}

/** Starts the worker. It lives as long as the page, or until it is closed. */
export function openSearch({
  content = CONTENT_DATABASE,
  database = SEARCH_DATABASE,
  progress,
}: SearchOptions): PhoneSearch {
  const waiting = new Map<
    number,
    { resolve: (answer: SearchAnswer | undefined) => void; reject: (error: Error) => void }
  >()
  let last = 0
  let broken: SearchFailure | undefined
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'search' })
  const ask = (message: Asked) => worker.postMessage(message)

  worker.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.type === 'progress') {
      progress(data.progress)
      return
    }
    if (data.type === 'full') {
      noteFull(data.at)
      return
    }
    if (data.type === 'answer') waiting.get(data.nr)?.resolve(data.answer)
    else waiting.get(data.nr)?.reject(new SearchFailure(data.message))
    waiting.delete(data.nr)
  }
  worker.onerror = ({ message }) => {
    broken = new SearchFailure(message)
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }
  ask({ type: 'open', content, search: database, fullAt: fullAt() })

  return {
    search: (query, most) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) {
          reject(broken)
          return
        }
        waiting.set(++last, { resolve, reject })
        ask({ type: 'search', nr: last, query, most })
      }),
    changed: () => ask({ type: 'changed', fullAt: fullAt() }),
    expect: () => ask({ type: 'expect' }),
    close: () => worker.terminate(),
  }
}
