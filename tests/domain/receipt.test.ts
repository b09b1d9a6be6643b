import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeReceiptNo, parseReceiptNo, RECEIPT_CHARSET } from '#domain/inquiry/receipt.ts'

const bytes = fc.array(fc.nat(247), { minLength: 7, maxLength: 7 })

test('no character can be taken for another over the telephone', () => {
  expect(RECEIPT_CHARSET).not.toMatch(/[01OIL]/)
  expect(new Set(RECEIPT_CHARSET).size).toBe(31)
})

test('a number is read back however it is said', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const number = makeReceiptNo(random)
      expect(parseReceiptNo(number)).toBe(number)
      expect(parseReceiptNo(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toBe(number)
      expect(parseReceiptNo(number.slice(3).replace('-', ''))).toBe(number)
    }),
  )
})

test('one character heard wrong, or two exchanged, is noticed', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(7), fc.constantFrom(...RECEIPT_CHARSET), (random, first, second, char) => {
      const chars = [...makeReceiptNo(random).replace(/^LD|-/g, '')]
      const wrong = chars.with(first, char)
      if (wrong[first] !== chars[first]) expect(parseReceiptNo(wrong.join(''))).toBeUndefined()
      const exchanged = chars.with(first, chars[second]!).with(second, chars[first]!)
      if (exchanged.join('') !== chars.join('')) expect(parseReceiptNo(exchanged.join(''))).toBeUndefined()
    }),
  )
})
