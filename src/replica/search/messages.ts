import type { RecordKind } from '#domain/record/kind.ts'
import type { Query } from './query.ts'
import type { Hit, SearchResult } from './results.ts'
import type { MarkedHit } from './snippet.ts'

/** A hit, and what is shown of it. */
type ShownHit = Hit & MarkedHit & { kind: RecordKind }

/** What was found, and how. */
export interface SearchAnswer extends Omit<SearchResult, 'hits'> {
  hits: ShownHit[]
}

/**
 * Whether there is an index of all that is on the phone. `done` counts documents that were looked at so far. `unable`: none can be
 * kept, so that every search looks through all texts.
 */
export type IndexProgress = { state: 'ready' } | { state: 'building'; done: number } | { state: 'unable' }

/*
 * Messages are not parsed: a page and its worker are always of one build, for the worker's address names what is in it.
 */

/** From a page to the worker. */
export type Asked =
  | { type: 'open'; content: string; search: string; fullAt: number | undefined }
  | { type: 'search'; nr: number; query: Query; most: number }
  | { type: 'changed'; fullAt: number | undefined }
  /** Somebody is about to ask. */
  | { type: 'expect' }

/** From the worker to the page. `undefined` as an answer: a later question came before this one was done. */
export type Told =
  | { type: 'answer'; nr: number; answer: SearchAnswer | undefined }
  | { type: 'failed'; nr: number; message: string }
  | { type: 'progress'; progress: IndexProgress }
  /** The browser refused to store more than that, bytes. */
  | { type: 'full'; at: number }
