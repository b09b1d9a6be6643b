import { BrokenIndex } from './broken-index.ts'
import type { ChunkCache } from './chunk-cache.ts'
import { chunksOf, eachList } from './chunks.ts'
import { chunkKey, type SearchTransaction } from './database.ts'
import { findWord, type KeyRange, type Plan, rangesOf } from './evaluate.ts'
import type { Found } from './found.ts'
import { hasPositions, isLong } from './postings.ts'
import type { Segment } from './segment.ts'
import type { StoredList } from './stored-list.ts'
import type { SegmentView } from './view.ts'

/** Chunks of one segment, by their index. */
type Chunks = ReadonlyMap<number, Uint8Array>

/**
 * Chunks of a segment's lists, from the first number to before the second.
 * @throws BrokenIndex
 * @throws DOMException when a file cannot be read
 */
export async function readRun(
  { segment: { key, starts }, file }: Pick<SegmentView, 'segment' | 'file'>,
  [from, to]: readonly [number, number],
  transaction: SearchTransaction,
): Promise<Uint8Array[]> {
  if (starts !== undefined && file !== undefined) {
    const bytes = new Uint8Array(await file.slice(starts[from], starts[to]).arrayBuffer())
    if (bytes.length < starts[to]! - starts[from]!) throw new BrokenIndex('A file is cut off')
    // Copies: one that is kept would keep all that was read with it.
    return Array.from({ length: to - from }, (_, n) =>
      bytes.slice(starts[from + n]! - starts[from]!, starts[from + n + 1]! - starts[from]!),
    )
  }
  const chunks = await transaction.chunks(key, from, to)
  if (chunks.length < to - from) throw new BrokenIndex('A chunk is missing')
  return chunks
}

/** Reads those chunks of a segment that hold what is planned. All that is asked of the transaction is asked at once. */
export async function readChunks(
  view: SegmentView,
  plans: readonly Plan[],
  transaction: SearchTransaction,
  cache: ChunkCache,
): Promise<Chunks> {
  const { key, firstKeys } = view.segment
  const chunks = new Map<number, Uint8Array>()
  const missing = new Set<number>()
  for (const [from, to] of plans.flatMap(rangesOf)) {
    const [first, end] = chunksOf(firstKeys, from, to)
    for (let index = first; index < end; index++) {
      const known = chunks.get(index) ?? cache.get(chunkKey(key, index))
      if (known === undefined) missing.add(index)
      else chunks.set(index, known)
    }
  }
  const read = async ([from, to]: readonly [number, number]) => {
    const some = await readRun(view, [from, to], transaction)
    some.forEach((chunk, n) => {
      cache.put(chunkKey(key, from + n), chunk)
      chunks.set(from + n, chunk)
    })
  }
  await Promise.all(runsOf(missing).map(read))
  return chunks
}

/** Neighbours are asked for together: what a request costs is more than what it brings. */
function runsOf(indexes: ReadonlySet<number>): (readonly [from: number, to: number])[] {
  const sorted = [...indexes].sort((a, b) => a - b)
  const begins = sorted.filter((index) => !indexes.has(index - 1))
  const ends = sorted.filter((index) => !indexes.has(index + 1))
  return begins.map((from, n) => [from, ends[n]! + 1])
}

/** Documents of a segment that hold every word, dead ones too. @param plans of each word */
export function findWords(plans: readonly Plan[][], segment: Segment, chunks: Chunks): Found {
  const listsIn = (range: KeyRange) => storedLists(range, segment, chunks)
  return plans.map((ofWord) => findWord(ofWord, segment, listsIn)).reduce((one, other) => one.and(other))
}

function storedLists([from, to]: KeyRange, segment: Segment, chunks: Chunks): StoredList[] {
  const lists = new Map<number, StoredList>()
  const [first, end] = chunksOf(segment.firstKeys, from, to)
  for (let index = first; index < end; index++) {
    const firstKey = segment.firstKeys[index]!
    const bytes = chunks.get(index)!
    eachList({ firstKey, bytes }, from, to, (key, part) => {
      // The documents of a long list stand twice.
      if (hasPositions(from) ? !hasPositions(key) : isLong(key)) return
      const list = lists.get(key) ?? { key, parts: [] }
      lists.set(key, list)
      list.parts.push(part)
    })
  }
  return [...lists.values()]
}
