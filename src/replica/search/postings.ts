import { BitWriter } from './bits.ts'
import { IN_TEXT, type Place } from './document.ts'
import { Found } from './found.ts'

/**
 * Where something stands: documents in ascending order, the best place in each, and for pairs of units their positions, ascending;
 * those of document `n` end at `ends[n]` in `positions`. At each position of a pair, `thirds` says which unit follows it, 0 for none;
 * three units have none.
 */
export interface Postings {
  docs: number[]
  places: Place[]
  ends: number[]
  positions: number[]
  thirds: number[]
}

export const noPostings = (): Postings => ({ docs: [], places: [], ends: [], positions: [], thirds: [] })

/** Made once: most lists are a few bytes long. */
const writer = new BitWriter()

/**
 * What a list is of: a single unit, which is its code, or two units that stand side by side, which are their codes one after the
 * other. No unit is 0.
 */
export const pairOf = (first: number, second: number) => ((first << 16) | second) >>> 0
export const isPair = (units: number) => units > 0xffff

/** Units that may follow a pair. */
const THIRDS = 0x10000
const gram = (units: number, third: number) => (units * THIRDS + third) * 4

/**
 * Keys of lists, four for whatever a list is of. The first: documents, each with its best place only; single units have nothing
 * else. The second: every position in them too, as pairs have. A pair whose list is long is split: it has the first, so that who
 * looks for the pair alone need not read where it stands; and for each unit that follows it, a list of the three. One of these
 * that is still long has, in place of the second, the first and the third, with the positions.
 * @param third the unit that follows the pair, of a list of three
 */
export const documentsKey = (units: number, third = 0) => gram(units, third)
export const positionsKey = (units: number, third = 0) => gram(units, third) + 1
export const longKey = (units: number, third = 0) => gram(units, third) + 2
export const unitsOfKey = (key: number) => Math.floor(key / (THIRDS * 4))
export const thirdOfKey = (key: number) => Math.floor(key / 4) % THIRDS
export const hasPositions = (key: number) => key % 4 > 0
export const isLong = (key: number) => key % 4 === 2

/** How a list of documents is written, its first byte: one after the other, or as the bits of `Found`. */
export const SPARSE = 0
export const DENSE = 1
/** From one document in so many on: it takes more room, and is read at once. */
const DENSE_FROM = 8

/** Writes the documents of a list. */
export function encodeDocuments(list: Postings): Uint8Array {
  const { docs, places } = list
  const below = docs.at(-1)! + 1
  if (docs.length * DENSE_FROM < below) {
    writer.write(SPARSE, 8)
    writeHeads(list, 0, docs.length, (n) => worth(places[n]!))
    return writer.take()
  }
  const found = new Found(below)
  docs.forEach((doc, n) => found.add(doc, places[n]!))
  const bytes = new Uint8Array(1 + found.bits.byteLength)
  bytes[0] = DENSE
  bytes.set(new Uint8Array(found.bits.buffer), 1)
  return bytes
}

/**
 * Writes some documents of a list with their positions: how many bytes the documents take, and how many units follow anywhere, as
 * varints; the documents; the units, ascending, in two bytes each; and the positions, in as many bits as a document's length takes,
 * each with the number of the unit that follows it, so that one can be read without those before it. Where nothing follows anywhere,
 * nothing says so.
 * @param widths bits that hold any position, by document
 */
export function encode(list: Postings, from: number, to: number, widths: Uint8Array): Uint8Array {
  const { docs, ends, positions, thirds } = list
  writeHeads(list, from, to, (n) => ends[n]! - (n === 0 ? 0 : ends[n - 1]!))
  const heads = writer.take()
  let at = from === 0 ? 0 : ends[from - 1]!
  const units = [...new Set(thirds.slice(at, ends[to - 1]))].sort((a, b) => a - b)
  const following = units.length === 1 && units[0] === 0 ? [] : units
  const numbers = new Map(following.map((unit, number) => [unit, number]))
  writeVarint(heads.length)
  writeVarint(following.length)
  for (const byte of heads) writer.write(byte, 8)
  for (const unit of following) writer.write(unit, 16)
  const bits = bitsFor(following.length)
  for (let n = from; n < to; n++) {
    for (; at < ends[n]!; at++) {
      writer.write(positions[at]!, widths[docs[n]!]!)
      if (bits > 0) writer.write(numbers.get(thirds[at]!)!, bits)
    }
  }
  return writer.take()
}

/** Bits that hold a number below this one. */
export const bitsFor = (count: number) => (count > 1 ? 32 - Math.clz32(count - 1) : 0)

/** A place as a number that is 1 for the most common of them, and back. */
const worth = (place: Place) => IN_TEXT + 1 - place
export const placeWorth = (number: number) => (IN_TEXT + 1 - number) as Place

/** Bits that say how far apart documents are, first of all. */
export const SPREAD_BITS = 5

/**
 * For each document how many are between it and the one before, and a number from 1 on: of a list with positions how many there
 * are, of any other what its place is worth. Both as Exp-Golomb codes, the first of an order that suits the list, which stands
 * before all.
 */
function writeHeads({ docs }: Postings, from: number, to: number, numberOf: (n: number) => number): void {
  let before = from === 0 ? -1 : docs[from - 1]!
  const between = docs[to - 1]! - before - (to - from)
  const order = 32 - Math.clz32(between / (to - from))
  writer.write(order, SPREAD_BITS)
  for (let n = from; n < to; n++) {
    writeCode(docs[n]! - before - 1, order)
    writeCode(numberOf(n) - 1, 0)
    before = docs[n]!
  }
}

/** Exp-Golomb: as many zeros as the number, and one more from the order on, has bits; then that. */
function writeCode(value: number, order: number): void {
  const code = value + (1 << order)
  const bits = 32 - Math.clz32(code)
  writer.write(0, bits - 1 - order)
  writer.write(code, bits)
}

function writeVarint(value: number): void {
  let rest = value
  for (; rest >= 128; rest >>>= 7) writer.write((rest & 127) | 128, 8)
  writer.write(rest, 8)
}
