import type { ChunkCache } from './chunk-cache.ts'
import { chunksOf, eachList } from './chunks.ts'
import type { SearchTransaction } from './database.ts'
import { both, type Found, findWord, type KeyRange, rangesFor } from './evaluate.ts'
import { noPostings, type Postings } from './postings.ts'
import type { Word } from './query.ts'
import type { Segment } from './segment.ts'
import { BrokenIndex } from './view.ts'

/** Chunks of one segment, by their index. */
type Chunks = ReadonlyMap<number, Uint8Array>

/**
 * Reads those chunks of a segment that hold what the words need.
 * @throws BrokenIndex
 */
export async function readChunks(
  segment: Segment,
  words: readonly Word[],
  transaction: SearchTransaction,
  cache: ChunkCache,
): Promise<Chunks> {
  const wanted = new Set<number>()
  for (const [from, to] of words.flatMap(rangesFor)) {
    const [first, end] = chunksOf(segment.firstKeys, from, to)
    for (let index = first; index < end; index++) wanted.add(index)
  }
  const read = async (index: number) => {
    const chunk = cache.get(segment.key, index) ?? (await transaction.chunk(segment.key, index))
    if (chunk === undefined) throw new BrokenIndex('A chunk is missing')
    cache.put(segment.key, index, chunk)
    return [index, chunk] as const
  }
  return new Map(await Promise.all(Array.from(wanted, read)))
}

/** Documents of a segment that hold every word, dead ones too. */
export function findWords(words: readonly Word[], segment: Segment, chunks: Chunks): Found {
  const read = (range: KeyRange) => listsIn(range, segment, chunks)
  return words.map((word) => findWord(word, segment, read)).reduce(both)
}

function listsIn([from, to]: KeyRange, segment: Segment, chunks: Chunks): Postings[] {
  const lists = new Map<number, Postings>()
  const [first, end] = chunksOf(segment.firstKeys, from, to)
  for (let index = first; index < end; index++) {
    const firstKey = segment.firstKeys[index]!
    const bytes = chunks.get(index)
    if (bytes === undefined) throw new BrokenIndex('A chunk was not read')
    eachList({ firstKey, bytes }, from, to, (key, decodeInto) => {
      const list = lists.get(key) ?? noPostings()
      lists.set(key, list)
      decodeInto(segment.widths, list)
    })
  }
  return [...lists.values()]
}
