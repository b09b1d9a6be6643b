import { chunksOf } from './chunks.ts'
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

const phraseOf = (units: string): Phrase =>
  Array.from({ length: units.length }, (_, at) => [units.charCodeAt(at), units.charCodeAt(at)] as const)

const phrasesOf = (word: Word): Phrase[] => [phraseOf(word.units), ...word.pinyin]

/**
 * Pairs that cover a phrase, each with its distance from the beginning: the first, the last, and between them no two more than two
 * apart; of all such choices the one for which the least has to be read. As positions are exact, what holds them all in their places
 * holds the phrase. Only the last unit of a phrase has bounds that differ.
 */
function pairsOf(phrase: Phrase, { firstKeys }: Keys): { offset: number; range: KeyRange }[] {
  const pairs = phrase.slice(1).map(([from, to], offset) => {
    const [first] = phrase[offset]!
    const range: KeyRange = [positionsKey(pairOf(first, from)), longKey(pairOf(first, to))]
    const [start, end] = chunksOf(firstKeys, ...range)
    const isLong = firstKeys[start] === range[1]
    return { offset, range, cost: end - start + (isLong ? 1 : 0) }
  })
  const least: { cost: number; before: number }[] = []
  pairs.forEach(({ cost }, at) => {
    const choices = [at - 2, at - 1].filter((before) => before >= 0)
    const before = choices.reduce((a, b) => (least[b]!.cost < least[a]!.cost ? b : a), choices[0] ?? -1)
    least.push({ cost: cost + (least[before]?.cost ?? 0), before })
  })
  const chosen = []
  for (let at = pairs.length - 1; at >= 0; at = least[at]!.before) chosen.push(pairs[at]!)
  // Lists that are all long would have to be gone through in nearly every document: a shorter one more says in which.
  const shortest = pairs.reduce((a, b) => (b.cost < a.cost ? b : a))
  if (chosen.every(({ cost }) => cost > shortest.cost)) chosen.push(shortest)
  return chosen
}

/** The lists of a phrase of one unit or two: where it stands says nothing more. */
function documentsRange(phrase: Phrase): KeyRange {
  const [first, last] = phrase[0]!
  const second = phrase[1]
  if (second === undefined) return [documentsKey(first), documentsKey(last)]
  return [documentsKey(pairOf(first, second[0])), positionsKey(pairOf(first, second[1]))]
}

/** Which lists of a segment have to be read to find a word. */
export function rangesFor(word: Word, keys: Keys): KeyRange[] {
  return phrasesOf(word).flatMap((phrase) =>
    phrase.length <= 2 ? [documentsRange(phrase)] : pairsOf(phrase, keys).map(({ range }) => range),
  )
}

/** Finds a word in a segment: as it stands, and as it may be read in a title. */
export function findWord(word: Word, segment: Segment, listsIn: ListsIn): Found {
  const found = new Found(segment.size)
  for (const phrase of phrasesOf(word)) {
    if (phrase.length <= 2) {
      for (const list of listsIn(documentsRange(phrase))) readDocuments(list, segment.widths, found)
      continue
    }
    const [last, ...others] = pairsOf(phrase, segment)
    // Only the last pair may be any of several.
    for (const list of listsIn(last!.range)) {
      addTogether([{ offset: last!.offset, list }, ...stored(others, listsIn)], segment, found)
    }
  }
  return found
}

/** A pair of a phrase, and how far from the beginning it stands. */
interface Pair {
  offset: number
  list: StoredList
}

const stored = (pairs: { offset: number; range: KeyRange }[], listsIn: ListsIn): Pair[] =>
  pairs.map(({ offset, range }) => ({ offset, list: listsIn(range)[0] ?? { key: range[0], parts: [] } }))

interface ReadPair {
  offset: number
  reader: ListReader
}

/** Adds the documents in which all pairs stand at their distances from one beginning. */
function addTogether(pairs: readonly Pair[], segment: Segment, found: Found): void {
  const [rarest, ...others] = [...pairs]
    .sort((a, b) => sizeOf(a.list) - sizeOf(b.list))
    .map(({ offset, list }): ReadPair => ({ offset, reader: new ListReader(list, segment.widths) }))
  const { reader } = rarest!
  let doc = reader.seek(0)
  while (doc < END) {
    let next = doc
    for (let n = 0; n < others.length && next === doc; n++) next = others[n]!.reader.seek(doc)
    if (next === doc) {
      const start = firstStart(rarest!, others)
      if (start >= 0) found.add(doc, placeAt(segment, doc, start))
      next++
    }
    doc = reader.seek(next)
  }
}

/** Where the phrase first begins in the document that all are at; -1 when it does not stand there. */
function firstStart({ offset, reader }: ReadPair, others: readonly ReadPair[]): number {
  for (let n = 0; n < reader.count; n++) {
    const start = reader.positionAt(n) - offset
    let stands = start >= 0
    for (let m = 0; stands && m < others.length; m++) {
      stands = others[m]!.reader.standsAt(start + others[m]!.offset)
    }
    if (stands) return start
  }
  return -1
}
