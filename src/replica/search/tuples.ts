/** What stands where, in the order of reading: documents ascend, and positions within each. */
export class Tuples {
  keys = new Uint32Array(1 << 16)
  docs = new Uint16Array(1 << 16)
  positions = new Uint32Array(1 << 16)
  length = 0

  push(key: number, doc: number, position: number): void {
    if (this.length === this.keys.length) this.#grow()
    this.keys[this.length] = key
    this.docs[this.length] = doc
    this.positions[this.length++] = position
  }

  #grow(): void {
    const { keys, docs, positions } = this
    this.keys = new Uint32Array(keys.length * 2)
    this.keys.set(keys)
    this.docs = new Uint16Array(docs.length * 2)
    this.docs.set(docs)
    this.positions = new Uint32Array(positions.length * 2)
    this.positions.set(positions)
  }
}

const RADIX = 0x10000

/** The order that sorts by key and keeps the order of reading among equals: a radix sort by halves of the key. */
export function sortByKey({ keys, length }: Tuples): Uint32Array {
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
