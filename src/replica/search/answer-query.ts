import { BrokenIndex } from './broken-index.ts'
import type { ChunkCache } from './chunk-cache.ts'
import { chunksOf, eachList } from './chunks.ts'
import { chunkKey, type Run, type SearchTransaction } from './database.ts'
import { findWord, type KeyRange, type Plan, plansOf, rangesOf } from './evaluate.ts'
import type { Found } from './found.ts'
import { hasPositions, isLong } from './postings.ts'
import type { Word } from './query.ts'
import type { Segment } from './segment.ts'
import type { StoredList } from './stored-list.ts'
import type { SegmentView } from './view.ts'

/** Chunks of one segment, by their index. */
type Chunks = ReadonlyMap<number, Uint8Array>

/**
 * Chunks of a segment's lists, of each run from its first number to before its second. All that is asked of the transaction is asked at
 * once.
 * @throws BrokenIndex
 * @throws DOMException when a file cannot be read
 */
export async function readRuns(
  { segment: { key, starts }, file }: Pick<SegmentView, 'segment' | 'file'>,
  runs: readonly Run[],
  transaction: SearchTransaction,
): Promise<Uint8Array[][]> {
  if (starts !== undefined && file !== undefined) return Promise.all(runs.map((run) => readFile(file, starts, run)))
  const chunks = await transaction.chunks(key, runs)
  if (runs.some(([from, to], n) => chunks[n]!.length < to - from)) throw new BrokenIndex('A chunk is missing')
  return chunks
}

async function readFile(file: Blob, starts: Uint32Array, [from, to]: Run): Promise<Uint8Array[]> {
  const bytes = new Uint8Array(await file.slice(starts[from], starts[to]).arrayBuffer())
  if (bytes.length < starts[to]! - starts[from]!) throw new BrokenIndex('A file is cut off')
  // Copies: one that is kept would keep all that was read with it.
  return Array.from({ length: to - from }, (_, n) =>
    bytes.slice(starts[from + n]! - starts[from]!, starts[from + n + 1]! - starts[from]!),
  )
}

/** A search in one segment: what it needs is thought of first, then asked of a transaction in one go, then looked through. */
export class SegmentSearch {
  readonly #view: SegmentView
  readonly #cache: ChunkCache
  /** Of each word. */
  readonly #plans: Plan[][]
  readonly #chunks = new Map<number, Uint8Array>()
  readonly #missing: Run[]

  constructor(view: SegmentView, words: readonly Word[], cache: ChunkCache) {
    this.#view = view
    this.#cache = cache
    const { key, firstKeys } = view.segment
    this.#plans = words.map((word) => plansOf(word, view.segment))
    const missing = new Set<number>()
    for (const [from, to] of this.#plans.flat().flatMap(rangesOf)) {
      const [first, end] = chunksOf(firstKeys, from, to)
      for (let index = first; index < end; index++) {
        const known = this.#chunks.get(index) ?? cache.get(chunkKey(key, index))
        if (known === undefined) missing.add(index)
        else this.#chunks.set(index, known)
      }
    }
    this.#missing = runsOf(missing)
  }

  /** Reads the chunks that hold what is planned, and that are not known yet. @throws BrokenIndex */
  async read(transaction: SearchTransaction): Promise<void> {
    const runs = this.#missing
    if (runs.length === 0) return
    const read = await readRuns(this.#view, runs, transaction)
    runs.forEach(([from], run) =>
      read[run]!.forEach((chunk, n) => {
        this.#cache.put(chunkKey(this.#view.segment.key, from + n), chunk)
        this.#chunks.set(from + n, chunk)
      }),
    )
  }

  /** Documents that hold every word, dead ones too. @throws BrokenIndex */
  found(): Found {
    return findWords(this.#plans, this.#view.segment, this.#chunks)
  }
}

/** Neighbours are asked for together: what a request costs is more than what it brings. */
function runsOf(indexes: ReadonlySet<number>): Run[] {
  const runs: [number, number][] = []
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.[1] === index) last[1]++
    else runs.push([index, index + 1])
  }
  return runs
}

/** Documents of a segment that hold every word, dead ones too. @param plans of each word */
export function findWords(plans: readonly Plan[][], segment: Segment, chunks: Chunks): Found {
  const listsIn = (range: KeyRange) => storedLists(range, segment, chunks)
  return plans.map((ofWord) => findWord(ofWord, segment, listsIn)).reduce((one, other) => one.and(other))
}

function storedLists([from, to]: KeyRange, segment: Segment, chunks: Chunks): StoredList[] {
  const lists: StoredList[] = []
  let last: StoredList | undefined
  const [first, end] = chunksOf(segment.firstKeys, from, to)
  for (let index = first; index < end; index++) {
    const firstKey = segment.firstKeys[index]!
    const bytes = chunks.get(index)!
    eachList({ firstKey, bytes }, from, to, (key, part) => {
      // The documents of a long list stand twice.
      if (hasPositions(from) ? !hasPositions(key) : isLong(key)) return
      if (last?.key === key) last.parts.push(part)
      else lists.push((last = { key, parts: [part] }))
    })
  }
  return lists
}
