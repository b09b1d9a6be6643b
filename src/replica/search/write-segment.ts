import type { Chunk } from './chunks.ts'
import type { Connection } from './connection.ts'
import type { IndexState, SearchTransaction } from './database.ts'
import type { SegmentHead } from './segment.ts'

/** Chunks written in one transaction. */
const BATCH = 8

export interface NewSegment {
  head: SegmentHead
  /** Digests of its documents, in their order, parted by line breaks. */
  digests: string
}

/** Stores chunks, in the order of their keys. */
export type WriteChunks = (chunks: readonly Chunk[]) => Promise<void>

interface Effects {
  /** Whether it is soon merged with others: then its chunks go into a file. */
  isPassing?: boolean
  /** Ids whose pending changes the segment makes needless. */
  settled?: readonly string[]
  /** If given, only those pending changes that are still of these turns. */
  turns?: ReadonlyMap<string, number>
  /** Keys of the segments whose place it takes; without them it is the newest. */
  replaces?: readonly number[]
}

/**
 * Writes a new segment: its chunks first, which nobody sees, then in one transaction all that makes it count. When somebody else
 * has changed what it rests on, nothing of it remains.
 */
export async function writeSegment(
  connection: Connection,
  make: (write: WriteChunks) => Promise<NewSegment>,
  effects: Effects,
): Promise<void> {
  const key = await connection.transact('readwrite', async (transaction) => {
    const state = await transaction.state()
    const { nextSegment, filling } = state
    transaction.putState({ ...state, nextSegment: nextSegment + 1, filling: [...filling, nextSegment] })
    return nextSegment
  })
  const chunks = effects.isPassing === true ? new ChunkFile() : new ChunkRecords(connection, key)
  const { head, digests } = await make((some) => chunks.add(some))
  const isEmpty = head.size === 0 && head.removed === ''

  await connection.transact('readwrite', async (transaction) => {
    const state = await transaction.state()
    const segments = placed(state, key, isEmpty, effects)
    const filling = state.filling.filter((other) => other !== key)
    if (segments === undefined || isEmpty) transaction.dropSegment(key)
    if (segments === undefined) {
      transaction.putState({ ...state, filling })
      return
    }
    await settle(transaction, effects)
    for (const replaced of effects.replaces ?? []) transaction.dropSegment(replaced)
    if (!isEmpty) {
      const firstKeys = Float64Array.from(chunks.firstKeys)
      transaction.putSegment({ ...head, key, firstKeys, ...chunks.finish(transaction, key) }, digests)
    }
    transaction.putState({ ...state, segments, filling })
  })
}

/** Drops what a writer left that was ended in the middle. */
export async function sweepFilling(connection: Connection): Promise<void> {
  await connection.transact('readwrite', async (transaction) => {
    const state = await transaction.state()
    if (state.filling.length === 0) return
    for (const key of state.filling) transaction.dropSegment(key)
    transaction.putState({ ...state, filling: [] })
  })
}

/** Chunks with a key of their own each. */
class ChunkRecords {
  readonly firstKeys: number[] = []

  constructor(
    private readonly connection: Connection,
    private readonly key: number,
  ) {}

  async add(chunks: readonly Chunk[]): Promise<void> {
    for (let from = 0; from < chunks.length; from += BATCH) {
      await this.connection.transact('readwrite', (transaction) => {
        for (const { firstKey, bytes } of chunks.slice(from, from + BATCH)) {
          transaction.putChunk(this.key, this.firstKeys.length, bytes)
          this.firstKeys.push(firstKey)
        }
        return Promise.resolve()
      })
    }
  }

  finish() {
    return {}
  }
}

/** Chunks one after the other in a file. */
class ChunkFile {
  readonly firstKeys: number[] = []
  #starts = [0]
  #parts: BlobPart[] = []

  add(chunks: readonly Chunk[]): Promise<void> {
    for (const { firstKey, bytes } of chunks) {
      this.firstKeys.push(firstKey)
      this.#starts.push((this.#starts.at(-1) ?? 0) + bytes.length)
      this.#parts.push(bytes as Uint8Array<ArrayBuffer>)
    }
    return Promise.resolve()
  }

  finish(transaction: SearchTransaction, key: number): { starts: Uint32Array } {
    transaction.putFile(key, new Blob(this.#parts))
    return { starts: Uint32Array.from(this.#starts) }
  }
}

/** The segments with the new one in its place, unless it holds nothing; undefined when it has no place any more. */
function placed(
  { filling, segments }: IndexState,
  key: number,
  isEmpty: boolean,
  { replaces = [] }: Effects,
): number[] | undefined {
  const [first] = replaces
  const place = first === undefined ? segments.length : segments.indexOf(first)
  const still = segments.slice(place, place + replaces.length)
  if (!filling.includes(key) || place === -1 || still.join() !== replaces.join()) return undefined
  return [...segments.slice(0, place), ...(isEmpty ? [] : [key]), ...segments.slice(place + replaces.length)]
}

async function settle(transaction: SearchTransaction, { settled = [], turns }: Effects): Promise<void> {
  for (const id of settled) {
    if (turns === undefined || (await transaction.pendingOf(id))?.turn === turns.get(id)) transaction.dropPending(id)
  }
}
