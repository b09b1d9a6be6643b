import { newestFirst } from '#domain/record/order.ts'
import { type Bits, intersection, lowestOf, WORD } from './bitset.ts'
import { IN_TAGS, IN_TEXT, IN_TITLE, type Place, type SearchDocument } from './document.ts'
import type { Found } from './found.ts'
import { placeOfAll, type Searchable } from './matcher.ts'
import { passing } from './passing.ts'
import type { Query, Word } from './query.ts'
import { regionCounts } from './region-counts.ts'
import { dateNumber, dateText } from './segment.ts'
import type { SegmentView } from './view.ts'

/** Something that was found. */
export interface Hit {
  id: string
  kind: string
  publishedAt: string
  place: Place
}

export interface SearchResult {
  /** Exactly how many documents hold every word and pass the filters. */
  total: number
  /** The first of them: hits in titles before tags before text, then newer first, then by id. */
  hits: Hit[]
  /** Places of what was found, whatever place is asked for. */
  regions: { code: string; name: string; count: number }[]
}

const isInRegion = (code: string, wanted: string | undefined) => wanted === undefined || code.startsWith(wanted)

/** Gathers what is found in the parts of the index. */
export class Results {
  #query: Query
  #most: number
  #from: number
  #total = 0
  #hits: Hit[] = []
  /** How many runs of hits there are, each in order by itself. */
  #runs = 0
  #regions = new Map<string, { code: string; name: string; count: number }>()

  /** @param most hits wanted */
  constructor(query: Query, most: number) {
    this.#query = query
    this.#most = most
    this.#from = query.from === undefined ? 0 : dateNumber(query.from)
  }

  addSegment(view: SegmentView, found: Found): void {
    const { segment } = view
    const wanted = passing(view, this.#query)
    const all = found.upTo(IN_TEXT)
    const bits = wanted === undefined ? all : intersection(all, wanted)
    const counts = regionCounts(view, bits)
    const inRegion = segment.regions.map(({ code }) => isInRegion(code, this.#query.region))
    let here = 0
    segment.regions.forEach((place, at) => {
      this.#count(place, counts[at]!)
      if (inRegion[at] === true) here += counts[at]!
    })
    this.#total += here
    const most = Math.min(this.#most, here)
    const isWanted = (doc: number) => inRegion[segment.regionOf[doc]!] === true
    const docs: number[] = []
    let better: Bits | undefined
    for (const place of [IN_TITLE, IN_TAGS, IN_TEXT] as const) {
      const upTo = found.upTo(place)
      let n = docs.length
      addFirst(docs, most, { bits, upTo, better }, isWanted)
      for (; n < docs.length; n++) this.#hits.push(hitIn(view, docs[n]!, place))
      better = upTo
    }
    this.#runs++
  }

  /** Looks through a document itself. */
  addDocument(document: SearchDocument, text: Searchable, words: readonly Word[]): void {
    const { kind, region } = this.#query
    if (kind !== undefined && document.kind !== kind) return
    if (dateNumber(document.publishedAt) < this.#from) return
    const place = placeOfAll(words, text)
    if (place === undefined) return
    this.#count(document.region, 1)
    if (!isInRegion(document.region.code, region)) return
    this.#total++
    this.#runs++
    const { id, publishedAt } = document
    this.#hits.push({ id, kind: document.kind, publishedAt, place })
  }

  result(): SearchResult {
    const inOrder = (a: Hit, b: Hit) => a.place - b.place || newestFirst(a, b)
    const hits = this.#runs > 1 ? this.#hits.sort(inOrder).slice(0, this.#most) : this.#hits
    const regions = [...this.#regions.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
    return { total: this.#total, hits, regions }
  }

  #count({ code, name }: { code: string; name: string }, count: number): void {
    if (count === 0) return
    const known = this.#regions.get(code) ?? { code, name, count: 0 }
    known.count += count
    this.#regions.set(code, known)
  }
}

/** Documents that are meant, those found at a place or a better one, and those of the better ones alone. */
interface AtPlace {
  bits: Bits
  upTo: Bits
  better: Bits | undefined
}

/** Adds documents that are found at a place and wanted, until there are enough. */
function addFirst(docs: number[], most: number, { bits, upTo, better }: AtPlace, isWanted: (doc: number) => boolean) {
  for (let at = 0; at < bits.length && docs.length < most; at++) {
    let word = bits[at]! & upTo[at]!
    if (word === 0) continue
    if (better !== undefined) word &= ~better[at]!
    for (; word !== 0 && docs.length < most; word &= word - 1) {
      const doc = at * WORD + lowestOf(word)
      if (isWanted(doc)) docs.push(doc)
    }
  }
}

function hitIn({ segment: { kinds, kindOf, dates }, ids }: SegmentView, doc: number, place: Place): Hit {
  return { id: ids[doc]!, kind: kinds[kindOf[doc]!]!, publishedAt: dateText(dates[doc]!), place }
}
