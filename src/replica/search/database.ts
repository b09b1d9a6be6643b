import type { SearchDocument } from './document.ts'
import type { Segment } from './segment.ts'

/** Name of the database on the phone. It holds nothing that cannot be made again from the copy of the content. */
export const SEARCH_DATABASE = 'luodi-search'

/** Its stores. */
export const STORES = ['meta', 'segments', 'digests', 'chunks', 'files', 'pending'] as const
type StoreName = (typeof STORES)[number]

/** What the index consists of; read with everything else in one transaction, it makes an answer one of a single state. */
export interface IndexState {
  /** Grows with every change of the index. */
  turn: number
  /** Keys of segments, the oldest first: what is in a newer one counts. */
  segments: number[]
  /** Keys whose chunks are being written. */
  filling: number[]
  nextSegment: number
  /** Which state of the content was indexed completely, in the words of whoever feeds the index. */
  source?: string
  /** Names the run that brings the index up to its source: whoever drops the index in between takes the name away. */
  run?: number
}

/** A change that no segment holds yet: a document, or without one that it is gone. */
export interface Pending {
  id: string
  /** When it was written. */
  turn: number
  document?: SearchDocument
}

export const EMPTY_STATE: IndexState = { turn: 0, segments: [], filling: [], nextSegment: 1 }

/** Under which a chunk of a segment is kept: a number takes less room and time than an array. */
export const chunkKey = (segment: number, index: number) => segment * 2 ** 24 + index

/** Numbers of chunks that stand side by side. */
export type Run = readonly [from: number, to: number]

/** The answer to a request. */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The request failed'))
  })
}

/**
 * The answers to requests of one transaction: they come in the order in which they were asked for, so that with the last all are here. To
 * be told of each costs as much as to ask for it.
 */
export async function answers<T>(requests: readonly IDBRequest<T>[]): Promise<T[]> {
  const last = requests.at(-1)
  if (last === undefined) return []
  await new Promise<void>((resolve, reject) => {
    last.onsuccess = () => resolve()
    // One that fails ends the transaction, and all that come after it.
    last.onerror = () => reject(requests.find(({ error }) => error !== null)?.error ?? new Error('The request failed'))
  })
  return requests.map(({ result }) => result)
}

/**
 * One transaction over all of the index. Nothing but its own requests may be awaited inside. Rows are not parsed: only this layout
 * is opened (`connection.ts` drops any other), `view.ts` looks whether segments are whole, and no hit is shown that the copy of the
 * content does not confirm (`desk.ts`).
 */
export class SearchTransaction {
  #transaction: IDBTransaction

  constructor(transaction: IDBTransaction) {
    this.#transaction = transaction
  }

  state(): Promise<IndexState> {
    return this.askState()()
  }

  /** Asks for the state. @returns what gives it, also when it is called long after the answer has come */
  askState(): () => Promise<IndexState> {
    const request = this.#store('meta').get('state') as IDBRequest<IndexState | undefined>
    return async () => {
      if (request.readyState === 'pending') await answer(request)
      if (request.error !== null) throw request.error
      return request.result ?? EMPTY_STATE
    }
  }

  /** Writes the state, as the next turn. */
  putState(state: IndexState): void {
    this.#store('meta').put({ ...state, turn: state.turn + 1 }, 'state')
  }

  segment(key: number): Promise<Segment | undefined> {
    return answer(this.#store('segments').get(key)) as Promise<Segment | undefined>
  }

  putSegment(segment: Segment, digests: string): void {
    this.#store('segments').put(segment, segment.key)
    this.#store('digests').put(digests, segment.key)
  }

  /**
   * Chunks of a segment, of each run from its first number to before its second, as many as there are. A single one costs less to get by
   * its key.
   */
  async chunks(segment: number, runs: readonly Run[]): Promise<Uint8Array[][]> {
    const store = this.#store('chunks')
    const requests = runs.map(([from, to]): IDBRequest => {
      const key = chunkKey(segment, from)
      return to - from > 1 ? store.getAll(IDBKeyRange.bound(key, key + to - from, false, true)) : store.get(key)
    })
    const found = (await answers(requests)) as (Uint8Array | Uint8Array[] | undefined)[]
    return found.map((run) => (run === undefined ? [] : run instanceof Uint8Array ? [run] : run))
  }

  putChunk(segment: number, index: number, bytes: Uint8Array): void {
    this.#store('chunks').put(bytes, chunkKey(segment, index))
  }

  /** What it gives can be read when the transaction is over. */
  file(segment: number): Promise<Blob | undefined> {
    return answer(this.#store('files').get(segment)) as Promise<Blob | undefined>
  }

  putFile(segment: number, file: Blob): void {
    this.#store('files').put(file, segment)
  }

  /** Digests of a segment's documents, in their order, parted by line breaks. */
  async digests(key: number): Promise<string> {
    return ((await answer(this.#store('digests').get(key))) as string | undefined) ?? ''
  }

  dropSegment(key: number): void {
    for (const name of ['segments', 'digests', 'files'] as const) this.#store(name).delete(key)
    this.#store('chunks').delete(IDBKeyRange.bound(chunkKey(key, 0), chunkKey(key + 1, 0), false, true))
  }

  pending(): Promise<Pending[]> {
    return answer(this.#store('pending').getAll()) as Promise<Pending[]>
  }

  pendingOf(id: string): Promise<Pending | undefined> {
    return answer(this.#store('pending').get(id)) as Promise<Pending | undefined>
  }

  putPending(pending: Pending): void {
    this.#store('pending').put(pending)
  }

  dropPending(id: string): void {
    this.#store('pending').delete(id)
  }

  clear(): void {
    for (const name of STORES) this.#store(name).clear()
  }

  #store(name: StoreName): IDBObjectStore {
    return this.#transaction.objectStore(name)
  }
}
