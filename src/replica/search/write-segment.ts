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
  const firstKeys: number[] = []
  const made = await make(async (chunks) => {
    for (let from = 0; from < chunks.length; from += BATCH) {
      await connection.transact('readwrite', (transaction) => {
        for (const { firstKey, bytes } of chunks.slice(from, from + BATCH)) {
          transaction.putChunk(key, firstKeys.length, bytes)
          firstKeys.push(firstKey)
        }
        return Promise.resolve()
      })
    }
  })
  await connection.transact('readwrite', async (transaction) => {
    const state = await transaction.state()
    const segments = placed(state, key, made, effects)
    if (segments === undefined) {
      transaction.dropSegment(key)
      return
    }
    await settle(transaction, effects)
    for (const replaced of effects.replaces ?? []) transaction.dropSegment(replaced)
    if (segments.includes(key)) {
      transaction.putSegment({ ...made.head, key, firstKeys: Uint32Array.from(firstKeys) }, made.digests)
    }
    transaction.putState({ ...state, segments, filling: state.filling.filter((other) => other !== key) })
  })
}

/** The segments with the new one in its place, unless it holds nothing; undefined when it has no place any more. */
function placed(
  { filling, segments }: IndexState,
  key: number,
  { head }: NewSegment,
  { replaces = [] }: Effects,
): number[] | undefined {
  const [first] = replaces
  const place = first === undefined ? segments.length : segments.indexOf(first)
  const still = segments.slice(place, place + replaces.length)
  if (!filling.includes(key) || place === -1 || still.join() !== replaces.join()) return undefined
  const isEmpty = head.size === 0 && head.removed === ''
  return [...segments.slice(0, place), ...(isEmpty ? [] : [key]), ...segments.slice(place + replaces.length)]
}

async function settle(transaction: SearchTransaction, { settled = [], turns }: Effects): Promise<void> {
  for (const id of settled) {
    if (turns === undefined || (await transaction.pendingOf(id))?.turn === turns.get(id)) transaction.dropPending(id)
  }
}
