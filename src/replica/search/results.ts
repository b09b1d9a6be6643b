import { newestFirst } from '#domain/record/order.ts'
import { lowestOf, WORD } from './bitset.ts'
import { IN_TAGS, IN_TEXT, IN_TITLE, type Place, type SearchDocument } from './document.ts'
import type { Found } from './found.ts'
import { placeOfAll, type Searchable } from './matcher.ts'
import { passing } from './passing.ts'
import type { Query, Word } from './query.ts'
import { regionCounts } from './region-counts.ts'
import { dateNumber, type DocumentFacts, factsOf } from './segment.ts'
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
  #regions = new Map<string, { code: string; name: string; count: number }>()

  /** @param most hits wanted */
  constructor(query: Query, most: number) {
    this.#query = query
    this.#most = most
    this.#from = query.from === undefined ? 0 : dateNumber(query.from)
  }

  addSegment(view: SegmentView, found: Found): void {
    const { segment, idOf } = view
    const { regions, regionOf } = segment
    const inRegion = regions.map(({ code }) => isInRegion(code, this.#query.region))
    const all = found.upTo(IN_TEXT)
    const bits = passing(view, this.#query).map((word, at) => word & all[at]!)
    const counts = regionCounts(view, bits)
    regions.forEach((place, at) => {
      this.#count(place, counts[at]!)
      if (inRegion[at]) this.#total += counts[at]!
    })
    let left = this.#most
    let better: Uint32Array = new Uint32Array(bits.length)
    for (const place of [IN_TITLE, IN_TAGS, IN_TEXT] as const) {
      const upTo = found.upTo(place)
      for (let at = 0; at < bits.length && left > 0; at++) {
        let word = bits[at]! & upTo[at]! & ~better[at]!
        for (; word !== 0 && left > 0; word &= word - 1) {
          const doc = at * WORD + lowestOf(word)
          if (!inRegion[regionOf[doc]!]) continue
          this.#hits.push(hitOf(factsOf(segment, idOf(doc), doc), place))
          left--
        }
      }
      better = upTo
    }
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
    this.#hits.push(hitOf(document, place))
  }

  result(): SearchResult {
    const hits = this.#hits.sort((a, b) => a.place - b.place || newestFirst(a, b)).slice(0, this.#most)
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

const hitOf = ({ id, kind, publishedAt }: DocumentFacts, place: Place): Hit => ({ id, kind, publishedAt, place })
