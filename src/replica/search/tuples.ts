import { noPostings, type Postings } from './postings.ts'

/** What stands where, in the order of reading: documents ascend, and positions within each. */
export class Tuples {
  keys = new Uint32Array(1 << 16)
  docs = new Uint16Array(1 << 16)
  positions = new Uint32Array(1 << 16)
  thirds = new Uint16Array(1 << 16)
  length = 0

  /** @param third the unit that follows a pair; 0 for none */
  push(key: number, doc: number, position: number, third: number): void {
    if (this.length === this.keys.length) this.#grow()
    this.keys[this.length] = key
    this.docs[this.length] = doc
    this.thirds[this.length] = third
    this.positions[this.length++] = position
  }

  #grow(): void {
    const { keys, docs, positions, thirds } = this
    this.keys = new Uint32Array(keys.length * 2)
    this.keys.set(keys)
    this.docs = new Uint16Array(docs.length * 2)
    this.docs.set(docs)
    this.positions = new Uint32Array(positions.length * 2)
    this.positions.set(positions)
    this.thirds = new Uint16Array(thirds.length * 2)
    this.thirds.set(thirds)
  }
}

const RADIX = 0x10000

/** Calls `visit` for each key in ascending order, with where it stands. */
export function eachSorted(tuples: Tuples, visit: (key: number, list: Postings) => void): void {
  const { keys, docs, positions, thirds, length } = tuples
  const order = sortByKey(tuples)
  for (let at = 0; at < length;) {
    const key = keys[order[at]!]!
    const list = noPostings()
    let last = -1
    for (; at < length; at++) {
      const index = order[at]!
      if (keys[index] !== key) break
      const doc = docs[index]!
      if (doc !== last && last !== -1) list.ends.push(list.positions.length)
      if (doc !== last) list.docs.push(doc)
      last = doc
      list.positions.push(positions[index]!)
      list.thirds.push(thirds[index]!)
    }
    list.ends.push(list.positions.length)
    visit(key, list)
  }
}

/** The order that sorts by key and keeps the order of reading among equals: a radix sort by halves of the key. */
function sortByKey({ keys, length }: Tuples): Uint32Array {
  const byLow = sortedBy(length, undefined, (index) => keys[index]! & 0xffff)
  return sortedBy(length, byLow, (index) => keys[index]! >>> 16)
}

function sortedBy(length: number, before: Uint32Array | undefined, digit: (index: number) => number): Uint32Array {
  const starts = new Uint32Array(RADIX + 1)
  for (let index = 0; index < length; index++) starts[digit(index) + 1]!++
  for (let value = 0; value < RADIX; value++) starts[value + 1]! += starts[value]!
  const order = new Uint32Array(length)
  for (let n = 0; n < length; n++) {
    const index = before === undefined ? n : before[n]!
    order[starts[digit(index)]!++] = index
  }
  return order
}
