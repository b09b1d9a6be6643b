import type { Place } from './document.ts'
import { noPostings, type Postings } from './postings.ts'
import { placeAt, type PositionLayout } from './segment.ts'

const PLACES = 3

/** What lists of different segments, or of different thirds, say of one unit or pair, in whatever order it comes. */
export class Gathered {
  #docs: number[] = []
  #places: Place[] = []
  #positions: number[] = []
  #thirds: number[] = []

  addDocument(doc: number, place: Place): void {
    this.#docs.push(doc)
    this.#places.push(place)
  }

  add(doc: number, position: number, third: number): void {
    this.#docs.push(doc)
    this.#positions.push(position)
    this.#thirds.push(third)
  }

  /** The list of a unit, whose documents were added. */
  documents(): Postings {
    const list = noPostings()
    for (const value of Float64Array.from(this.#docs, (doc, n) => doc * PLACES + this.#places[n]!).sort()) {
      list.docs.push(Math.floor(value / PLACES))
      list.places.push((value % PLACES) as Place)
    }
    return list
  }

  /** The list of a pair, whose positions were added. Each is sorted as one number, as the browser does quickest. */
  positions(layout: PositionLayout): Postings {
    const list = noPostings()
    const units = [...new Set(this.#thirds)]
    const numbers = new Map(units.map((unit, number) => [unit, number]))
    const most = this.#positions.reduce((a, b) => Math.max(a, b), 0) + 1
    const values = Float64Array.from(
      this.#docs,
      (doc, n) => (doc * most + this.#positions[n]!) * units.length + numbers.get(this.#thirds[n]!)!,
    ).sort()
    let last = -1
    for (const value of values) {
      const at = Math.floor(value / units.length)
      const doc = Math.floor(at / most)
      const position = at % most
      if (doc !== last) {
        list.docs.push(doc)
        list.places.push(placeAt(layout, doc, position))
        list.ends.push(list.positions.length)
      }
      last = doc
      list.positions.push(position)
      list.thirds.push(units[value % units.length]!)
      list.ends[list.ends.length - 1]!++
    }
    return list
  }
}
