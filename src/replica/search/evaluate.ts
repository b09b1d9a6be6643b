import { chunksOf, isSplit } from './chunks.ts'
import { Found } from './found.ts'
import { END, ListReader } from './list-reader.ts'
import type { Phrase } from './pinyin.ts'
import { documentsKey, longKey, pairOf, positionsKey } from './postings.ts'
import type { Word } from './query.ts'
import { placeAt, type Segment } from './segment.ts'
import { readDocuments, sizeOf, type StoredList } from './stored-list.ts'

/** Keys of lists, both bounds included. Where the first is of documents, no positions are wanted. */
export type KeyRange = readonly [from: number, to: number]

/** Every list whose key is within bounds. */
type ListsIn = (range: KeyRange) => StoredList[]
type Keys = Pick<Segment, 'firstKeys'>

/** What has to be looked up to find a phrase: documents alone, or pieces that stand at their distances from one beginning. */
export type Plan = { documents: KeyRange } | { pieces: Piece[] }

/** Some units of a phrase. Of those that may be any of several, it is the last only. */
interface Piece {
  /** How far from the beginning of the phrase it stands. */
  offset: number
  range: KeyRange
  /** The unit that must follow, where the list is of a pair and says what follows. */
  third?: number
}

/** What a word may be found by: as it stands, and as it may be read in a title. */
export const plansOf = (word: Word, keys: Keys): Plan[] => [
  planOfUnits(word.units, keys),
  ...word.pinyin.map((phrase) => planOfReadings(phrase, keys)),
]

/** Any three units that stand side by side are known by one list: their own, or that of the first two, which says what follows. */
function planOfUnits(units: string, { firstKeys }: Keys): Plan {
  const codes = Array.from({ length: units.length }, (_, at) => units.charCodeAt(at))
  const [first, second] = codes
  if (second === undefined) return { documents: [documentsKey(first!), documentsKey(first!)] }
  if (codes.length === 2) {
    const pair = pairOf(first!, second)
    const key = isSplit(firstKeys, pair) ? documentsKey(pair) : positionsKey(pair)
    return { documents: [key, key] }
  }
  const pieces = codes.slice(2).map((third, offset): Piece => {
    const pair = pairOf(codes[offset]!, codes[offset + 1]!)
    if (isSplit(firstKeys, pair)) return { offset, range: [positionsKey(pair, third), longKey(pair, third)] }
    return { offset, range: [positionsKey(pair), positionsKey(pair)], third }
  })
  const [only, ...more] = pieces
  if (more.length > 0 || only!.third !== undefined) return { pieces: covering(pieces, 3, firstKeys) }
  const [key] = only!.range
  return { documents: [key - 1, key] }
}

/** Readings are known by pairs: a character that is read in several ways has none that follows. */
function planOfReadings(phrase: Phrase, { firstKeys }: Keys): Plan {
  const [first, last] = phrase[0]!
  const second = phrase[1]
  if (second === undefined) return { documents: [documentsKey(first), documentsKey(last)] }
  if (phrase.length === 2) {
    return { documents: [documentsKey(pairOf(first, second[0])), positionsKey(pairOf(first, second[1]))] }
  }
  const pieces = phrase.slice(1).map(([from, to], offset): Piece => {
    const [before] = phrase[offset]!
    return { offset, range: [positionsKey(pairOf(before, from)), longKey(pairOf(before, to))] }
  })
  return { pieces: covering(pieces, 2, firstKeys) }
}

/**
 * Pieces that cover a phrase, the last one first: the first, the last, and between them no two further apart than they are long; of
 * all such choices the one for which the least has to be read. As positions are exact, what holds them all in their places holds the
 * phrase.
 * @param pieces one at each offset
 */
function covering(pieces: readonly Piece[], length: number, firstKeys: Float64Array): Piece[] {
  const costs = pieces.map(({ range: [from, to] }) => {
    const [start, end] = chunksOf(firstKeys, from, to)
    return end - start + (firstKeys[start] === to ? 1 : 0)
  })
  const least: { cost: number; before: number }[] = []
  costs.forEach((cost, at) => {
    const choices = Array.from({ length: Math.min(at, length) }, (_, n) => at - 1 - n)
    const before = choices.reduce((a, b) => (least[b]!.cost <= least[a]!.cost ? b : a), choices[0] ?? -1)
    least.push({ cost: cost + (least[before]?.cost ?? 0), before })
  })
  const chosen: number[] = []
  for (let at = pieces.length - 1; at >= 0; at = least[at]!.before) chosen.push(at)
  // Lists that are all long would have to be gone through in nearly every document: a shorter one more says in which.
  const shortest = costs.indexOf(Math.min(...costs))
  if (chosen.every((at) => costs[at]! > costs[shortest]!)) chosen.push(shortest)
  return chosen.map((at) => pieces[at]!)
}

/** Which lists of a segment have to be read for it. */
export const rangesOf = (plan: Plan): KeyRange[] =>
  'documents' in plan ? [plan.documents] : plan.pieces.map(({ range }) => range)

/** Finds a word in a segment. @param plans what it may be found by */
export function findWord(plans: readonly Plan[], segment: Segment, listsIn: ListsIn): Found {
  const found = new Found(segment.size)
  for (const plan of plans) {
    if ('documents' in plan) {
      for (const list of listsIn(plan.documents)) readDocuments(list, segment, found)
      continue
    }
    const [last, ...others] = plan.pieces.map(({ offset, range, third }) =>
      listsIn(range).map((list): PieceList => ({ offset, list, third })),
    )
    // Only the last piece may be any of several.
    const before = others.flatMap((lists) => lists.slice(0, 1))
    if (before.length < others.length) continue
    for (const list of last!) addTogether([list, ...before], segment, found)
  }
  return found
}

/** The list of a piece of a phrase. */
interface PieceList {
  offset: number
  list: StoredList
  third: number | undefined
}

interface ReadPiece {
  offset: number
  reader: ListReader
}

/** Adds the documents in which all pieces stand at their distances from one beginning. */
function addTogether(pieces: readonly PieceList[], segment: Segment, found: Found): void {
  const [rarest, ...others] = [...pieces]
    .sort((a, b) => sizeOf(a.list) - sizeOf(b.list))
    .map(({ offset, list, third }): ReadPiece => ({ offset, reader: new ListReader(list, segment, third) }))
  const { reader } = rarest!
  let doc = reader.seek(0)
  while (doc < END) {
    let next = doc
    for (let n = 0; n < others.length && next === doc; n++) next = others[n]!.reader.seek(doc)
    if (next === doc) {
      const start = startOfFirst(rarest!, others) ?? firstStart(rarest!, others)
      if (start >= 0) found.add(doc, placeAt(segment, doc, start))
      next++
    }
    doc = reader.seek(next)
  }
}

/** Where the phrase begins if it does where each piece first stands, as it mostly does. */
function startOfFirst({ offset, reader }: ReadPiece, others: readonly ReadPiece[]): number | undefined {
  const start = reader.first - offset
  if (start < 0 || !reader.isFree) return undefined
  for (let n = 0; n < others.length; n++) {
    const other = others[n]!
    if (!other.reader.isFree || other.reader.first !== start + other.offset) return undefined
  }
  return start
}

/** Where the phrase first begins in the document that all are at; -1 when it does not stand there. */
function firstStart({ offset, reader }: ReadPiece, others: readonly ReadPiece[]): number {
  for (let n = 0; n < reader.count; n++) {
    const start = reader.positionAt(n) - offset
    let stands = start >= 0 && reader.isWanted(n)
    for (let m = 0; stands && m < others.length; m++) {
      stands = others[m]!.reader.standsAt(start + others[m]!.offset)
    }
    if (stands) return start
  }
  return -1
}
