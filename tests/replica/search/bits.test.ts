import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bitsAt, BitWriter, WINDOW, windowAt, zerosAt } from '#replica/search/bits.ts'
import {
  clearBit,
  countOf,
  emptySet,
  fullSet,
  hasBit,
  intersection,
  numbersIn,
  setBit,
} from '#replica/search/bitset.ts'

/** Bytes as a text of zeros and ones, and what of it would be read beyond their end. */
const written = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
const MORE = '0'.repeat(24)

test('bits are read as they stand, from any place on, also from the last bytes', () => {
  const bytes = fc.uint8Array({ minLength: 3, maxLength: 9 })
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 25 }), (some, from, width) => {
      const text = written(some)
      const at = from % text.length
      const here = (text + MORE + MORE).slice(at)
      expect(bitsAt(some, at, width)).toBe(width === 0 ? 0 : parseInt(here.slice(0, width), 2))
      expect(windowAt(some, at) >>> (24 - WINDOW)).toBe(parseInt(here.slice(0, WINDOW), 2))
    }),
    { numRuns: 2000 },
  )
})

test('zeros are counted as far as any code has them', () => {
  for (let zeros = 0; zeros <= 24; zeros++) {
    for (let at = 0; at < 20; at++) {
      const writer = new BitWriter()
      for (const run of [at, zeros]) for (let n = 0; n < run; n++) writer.write(0, 1)
      writer.write(1, 1)
      writer.write(0x1ffff, 17)
      expect(zerosAt(writer.take(), at)).toBe(zeros)
    }
  }
})

test('a set holds what was put into it, and nothing else', () => {
  const numbers = fc.uniqueArray(fc.nat({ max: 99 }))
  fc.assert(
    fc.property(numbers, numbers, fc.integer({ min: 100, max: 140 }), (some, others, size) => {
      const bits = emptySet(size)
      for (const n of [...some, ...others]) setBit(bits, n)
      for (const n of others) if (!some.includes(n)) clearBit(bits, n)
      expect([...numbersIn(bits)]).toEqual([...some].sort((a, b) => a - b))
      expect(bits.reduce((sum, word) => sum + countOf(word), 0)).toBe(some.length)
      const below = emptySet(size)
      for (let n = 0; n < 50; n++) setBit(below, n)
      const both = intersection(bits, below)
      expect([...numbersIn(both)]).toEqual(some.filter((n) => n < 50).sort((a, b) => a - b))
      expect(some.every((n) => hasBit(bits, n))).toBe(true)
      expect([...numbersIn(fullSet(size))]).toEqual(Array.from({ length: size }, (_, n) => n))
      // What is stored is read in words of 32 bits too.
      expect(bits.byteLength % 4).toBe(0)
    }),
  )
})
