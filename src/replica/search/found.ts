import type { Place } from './document.ts'

/** Documents of one segment in ascending order, each with its best place. */
export class Found {
  readonly docs: Int32Array
  readonly places: Uint8Array
  length = 0

  /** @param most documents */
  constructor(most: number) {
    this.docs = new Int32Array(most)
    this.places = new Uint8Array(most)
  }

  add(doc: number, place: number): void {
    this.docs[this.length] = doc
    this.places[this.length++] = place
  }

  placeOf(n: number): Place {
    return this.places[n] as Place
  }
}

/** What is in one or the other, at its better place. */
export function either(one: Found, other: Found): Found {
  if (one.length === 0) return other
  if (other.length === 0) return one
  const result = new Found(one.length + other.length)
  for (let n = 0, m = 0; n < one.length || m < other.length;) {
    const a = n < one.length ? one.docs[n]! : Infinity
    const b = m < other.length ? other.docs[m]! : Infinity
    const place = a < b ? one.places[n]! : a > b ? other.places[m]! : Math.min(one.places[n]!, other.places[m]!)
    result.add(Math.min(a, b), place)
    if (a <= b) n++
    if (b <= a) m++
  }
  return result
}

/** What is in both, at its worse place. */
export function both(one: Found, other: Found): Found {
  const result = new Found(Math.min(one.length, other.length))
  for (let n = 0, m = 0; n < one.length && m < other.length;) {
    const a = one.docs[n]!
    const b = other.docs[m]!
    if (a === b) result.add(a, Math.max(one.places[n]!, other.places[m]!))
    if (a <= b) n++
    if (b <= a) m++
  }
  return result
}
