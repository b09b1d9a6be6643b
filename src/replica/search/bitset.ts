/** Sets of numbers from 0 on, as bits: number `n` is bit `n % 32`, from the lowest, of word `n / 32`. */

/** Numbers in a word. */
export const WORD = 32

/** How many words hold the numbers below `size`. */
export const wordsFor = (size: number): number => Math.ceil(size / WORD)

export const hasBit = (bits: Uint32Array, n: number): boolean => ((bits[n >>> 5]! >>> (n & 31)) & 1) === 1

export function setBit(bits: Uint32Array, n: number): void {
  bits[n >>> 5]! |= 1 << (n & 31)
}

export function clearBit(bits: Uint32Array, n: number): void {
  bits[n >>> 5]! &= ~(1 << (n & 31))
}

/** The set of all numbers below `size`. */
export function fullSet(size: number): Uint32Array {
  const bits = new Uint32Array(wordsFor(size)).fill(-1)
  if (size % WORD > 0) bits[bits.length - 1]! >>>= WORD - (size % WORD)
  return bits
}

/** How many bits of a word are set. */
export function countOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The numbers of a set, ascending. */
export function* numbersIn(bits: Uint32Array): Generator<number> {
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at]!; word !== 0; word &= word - 1) yield at * WORD + lowestOf(word)
  }
}

/** Which bit of a word is the lowest that is set. */
export const lowestOf = (word: number): number => 31 - Math.clz32(word & -word)
