/**
 * Sets of numbers from 0 on, as bits: number `n` is bit `n % 16`, from the lowest, of word `n / 16`. Words are no longer, because a
 * number of 32 bits is an object to a browser that has not compiled what reads it yet. There is an even number of them, so that what is
 * stored is also a set of words of 32.
 */
export type Bits = Uint16Array

/** Numbers in a word. */
export const WORD = 16

/** How many words hold the numbers below `size`. */
export const wordsFor = (size: number): number => 2 * Math.ceil(size / 32)

/** A set that holds nothing yet. @param size numbers that it can hold */
export const emptySet = (size: number): Bits => new Uint16Array(wordsFor(size))

export const hasBit = (bits: Bits, n: number): boolean => ((bits[n >>> 4]! >>> (n & 15)) & 1) === 1

export function setBit(bits: Bits, n: number): void {
  bits[n >>> 4]! |= 1 << (n & 15)
}

export function clearBit(bits: Bits, n: number): void {
  bits[n >>> 4]! &= ~(1 << (n & 15))
}

/** The set of all numbers below `size`. */
export function fullSet(size: number): Bits {
  const bits = emptySet(size)
  const whole = size >>> 4
  bits.fill(0xffff, 0, whole)
  if (size % WORD > 0) bits[whole] = (1 << (size % WORD)) - 1
  return bits
}

/** What is in both of two sets. */
export function intersection(one: Bits, other: Bits): Bits {
  const bits = new Uint16Array(one.length)
  for (let at = 0; at < bits.length; at++) bits[at] = one[at]! & other[at]!
  return bits
}

/** How many bits of a word are set. */
export function countOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555)
  const nibbles = (pairs & 0x3333) + ((pairs >>> 2) & 0x3333)
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f
  return (bytes + (bytes >>> 8)) & 0x1f
}

/** The numbers of a set, ascending. */
export function* numbersIn(bits: Bits): Generator<number> {
  for (let at = 0; at < bits.length; at++) {
    for (let word = bits[at]!; word !== 0; word &= word - 1) yield at * WORD + lowestOf(word)
  }
}

/** Which bit of a word is the lowest that is set. */
export const lowestOf = (word: number): number => 31 - Math.clz32(word & -word)
