import type { Place } from './document.ts'
import type { Phrase } from './pinyin.ts'
import { noPostings, pairKey, type Postings } from './postings.ts'
import type { Word } from './query.ts'
import type { Segment } from './segment.ts'

/** Documents of one segment in ascending order, each with its best place. */
export interface Found {
  docs: number[]
  places: Place[]
}

/** Keys of lists, both bounds included. */
export type KeyRange = readonly [from: number, to: number]
/** Reads every list whose key is within bounds. */
export type ReadLists = (range: KeyRange) => Postings[]

const phraseOf = (units: string): Phrase =>
  Array.from({ length: units.length }, (_, at) => [units.charCodeAt(at), units.charCodeAt(at)] as const)

const phrasesOf = (word: Word): Phrase[] => [phraseOf(word.units), ...word.pinyin]

/**
 * Pairs that cover a phrase, each with its distance from the beginning: every second one, and the last. As positions are exact,
 * what holds them all in their places holds the phrase. Only the last unit of a phrase has bounds that differ.
 */
function pairsOf(phrase: Phrase): { offset: number; range: KeyRange }[] {
  const last = phrase.length - 2
  const offsets = Array.from({ length: (last >> 1) + 1 }, (_, n) => n * 2)
  if (last % 2 === 1) offsets.push(last)
  return offsets.map((offset) => {
    const [first] = phrase[offset]!
    const [from, to] = phrase[offset + 1]!
    return { offset, range: [pairKey(first, from), pairKey(first, to)] }
  })
}

/** Which lists have to be read to find a word. */
export function rangesFor(word: Word): KeyRange[] {
  return phrasesOf(word).flatMap((phrase) =>
    phrase.length === 1 ? [[...phrase[0]!] as const] : pairsOf(phrase).map(({ range }) => range),
  )
}

/** Finds a word in a segment: as it stands, and as it may be read in a title. */
export function findWord(word: Word, segment: Segment, read: ReadLists): Found {
  return phrasesOf(word)
    .map((phrase) => (phrase.length === 1 ? findUnit(read(phrase[0]!)) : findPairs(phrase, segment, read)))
    .reduce(either)
}

function findUnit(lists: Postings[]): Found {
  return lists.map(({ docs, positions }) => ({ docs, places: positions as Place[] })).reduce(either, nothing())
}

function findPairs(phrase: Phrase, segment: Segment, read: ReadLists): Found {
  const pairs = pairsOf(phrase)
    .map(({ offset, range }) => ({ offset, list: read(range).reduce(union, noPostings()) }))
    .sort((a, b) => a.list.docs.length - b.list.docs.length)
  const [rarest, ...others] = pairs
  if (rarest === undefined) return nothing()
  let standing = rarest.list
  for (const { offset, list } of others) standing = alongside(standing, list, offset - rarest.offset)
  return withPlaces(standing, rarest.offset, segment)
}

const nothing = (): Found => ({ docs: [], places: [] })

/** The first position says the place: the title comes first, then the tags. */
function withPlaces({ docs, ends, positions }: Postings, offset: number, segment: Segment): Found {
  const { titleEnds, tagEnds } = segment
  const places = docs.map((doc, n): Place => {
    const start = positions[n === 0 ? 0 : ends[n - 1]!]! - offset
    return start < titleEnds[doc]! ? 0 : start < tagEnds[doc]! ? 1 : 2
  })
  return { docs, places }
}

/** Positions of the first list that have one of the second at a distance. */
function alongside(one: Postings, other: Postings, distance: number): Postings {
  const result = noPostings()
  let m = 0
  for (let n = 0; n < one.docs.length; n++) {
    const doc = one.docs[n]!
    while (m < other.docs.length && other.docs[m]! < doc) m++
    if (m === other.docs.length) break
    if (other.docs[m] !== doc) continue
    let at = m === 0 ? 0 : other.ends[m - 1]!
    const before = result.positions.length
    for (let from = n === 0 ? 0 : one.ends[n - 1]!; from < one.ends[n]!; from++) {
      const wanted = one.positions[from]! + distance
      while (at < other.ends[m]! && other.positions[at]! < wanted) at++
      if (at === other.ends[m]!) break
      if (other.positions[at] === wanted) result.positions.push(one.positions[from]!)
    }
    if (result.positions.length === before) continue
    result.docs.push(doc)
    result.ends.push(result.positions.length)
  }
  return result
}

function union(one: Postings, other: Postings): Postings {
  if (one.docs.length === 0) return other
  if (other.docs.length === 0) return one
  const result = noPostings()
  const positionsOf = ({ ends, positions }: Postings, n: number) => positions.slice(n === 0 ? 0 : ends[n - 1], ends[n])
  for (let n = 0, m = 0; n < one.docs.length || m < other.docs.length;) {
    const a = one.docs[n] ?? Infinity
    const b = other.docs[m] ?? Infinity
    const positions = [...(a <= b ? positionsOf(one, n) : []), ...(b <= a ? positionsOf(other, m) : [])]
    if (a === b) positions.sort((x, y) => x - y)
    result.docs.push(Math.min(a, b))
    for (const position of positions) result.positions.push(position)
    result.ends.push(result.positions.length)
    if (a <= b) n++
    if (b <= a) m++
  }
  return result
}

/** What is in one or the other, at its better place. */
function either(one: Found, other: Found): Found {
  if (one.docs.length === 0) return other
  if (other.docs.length === 0) return one
  const result = nothing()
  for (let n = 0, m = 0; n < one.docs.length || m < other.docs.length;) {
    const a = one.docs[n] ?? Infinity
    const b = other.docs[m] ?? Infinity
    result.docs.push(Math.min(a, b))
    const places = [...(a <= b ? [one.places[n]!] : []), ...(b <= a ? [other.places[m]!] : [])]
    result.places.push(Math.min(...places) as Place)
    if (a <= b) n++
    if (b <= a) m++
  }
  return result
}

/** What is in both, at its worse place. */
export function both(one: Found, other: Found): Found {
  const result = nothing()
  for (let n = 0, m = 0; n < one.docs.length && m < other.docs.length;) {
    const a = one.docs[n]!
    const b = other.docs[m]!
    if (a === b) {
      result.docs.push(a)
      result.places.push(Math.max(one.places[n]!, other.places[m]!) as Place)
    }
    if (a <= b) n++
    if (b <= a) m++
  }
  return result
}
