import type { ChunkCache } from './chunk-cache.ts'
import { chunksOf, eachList } from './chunks.ts'
import type { SearchTransaction } from './database.ts'
import { both, type Found, findWord, type KeyRange, rangesFor, type StoredList } from './evaluate.ts'
import type { Word } from './query.ts'
import type { Segment } from './segment.ts'
import { BrokenIndex, type SegmentView } from './view.ts'

/** Chunks of one segment, by their index. */
type Chunks = ReadonlyMap<number, Uint8Array>

/**
 * One chunk of a segment's lists.
 * @throws BrokenIndex
 * @throws DOMException when a file cannot be read
 */
export async function readChunk(
  { segment, file }: Pick<SegmentView, 'segment' | 'file'>,
  index: number,
  transaction: SearchTransaction,
): Promise<Uint8Array> {
  if (segment.starts !== undefined && file !== undefined) {
    return new Uint8Array(await file.slice(segment.starts[index], segment.starts[index + 1]).arrayBuffer())
  }
  const chunk = await transaction.chunk(segment.key, index)
  if (chunk === undefined) throw new BrokenIndex('A chunk is missing')
  return chunk
}

/** Reads those chunks of a segment that hold what the words need. All that is asked of the transaction is asked at once. */
export async function readChunks(
  view: SegmentView,
  words: readonly Word[],
  transaction: SearchTransaction,
  cache: ChunkCache,
): Promise<Chunks> {
  const { segment } = view
  const wanted = new Set<number>()
  for (const [from, to] of words.flatMap((word) => rangesFor(word, segment))) {
    const [first, end] = chunksOf(segment.firstKeys, from, to)
    for (let index = first; index < end; index++) wanted.add(index)
  }
  const read = async (index: number) => {
    const chunk = cache.get(segment.key, index) ?? (await readChunk(view, index, transaction))
    cache.put(segment.key, index, chunk)
    return [index, chunk] as const
  }
  return new Map(await Promise.all(Array.from(wanted, read)))
}

/** Documents of a segment that hold every word, dead ones too. */
export function findWords(words: readonly Word[], segment: Segment, chunks: Chunks): Found {
  const listsIn = (range: KeyRange) => storedLists(range, segment, chunks)
  return words.map((word) => findWord(word, segment, listsIn)).reduce(both)
}

function storedLists([from, to]: KeyRange, segment: Segment, chunks: Chunks): StoredList[] {
  const lists = new Map<number, StoredList>()
  const [first, end] = chunksOf(segment.firstKeys, from, to)
  for (let index = first; index < end; index++) {
    const firstKey = segment.firstKeys[index]!
    const bytes = chunks.get(index)!
    eachList({ firstKey, bytes }, from, to, (key, part) => {
      const list = lists.get(key) ?? { key, parts: [] }
      lists.set(key, list)
      list.parts.push(part)
    })
  }
  return [...lists.values()]
}
