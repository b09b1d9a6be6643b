import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizePhone } from '#domain/phone.ts'

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((list) => list.join(''))
const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), digits(9)).map(([second, rest]) => `1${second}${rest}`)
const landline = fc
  .tuple(fc.constantFrom('010', '021', '0512', '0755'), digits(7))
  .map(([area, rest]) => `${area}8${rest}`)

test.each([
  ['13800138000', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['0086 138 0013 8000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['021-6953 0000', '02169530000'],
  ['(021) 69530000', '02169530000'],
  ['+86 21 6953 0000', '02169530000'],
  ['021-69530000-801', '02169530000-801'],
  ['021-69530000转801', '02169530000-801'],
  ['021 69530000 ext. 801', '02169530000-801'],
  ['+86 10 6553 0000', '01065530000'],
  ['0512 6953 000', '05126953000'],
  ['+86 755 8690 0000', '075586900000'],
  ['21 6953 0000', '02169530000'],
  ['400-820-8820', '4008208820'],
  ['800 820 8820', '8008208820'],
  ['+49 30 123456', '+4930123456'],
  ['0049 30 123456', '+4930123456'],
  ['+1 (415) 555-2671', '+14155552671'],
])('%s is %s', (typed, number) => {
  expect(normalizePhone(typed)).toBe(number)
})

test.each([
  '',
  '12345',
  '12800138000',
  '1380013800',
  '138001380000',
  '+86 12345',
  '+0 123456789',
  '69530000',
  'abc',
  '13800138000-1',
  // A mobile number with a slip in it is not a landline that lacks its zero.
  '23800138000',
  '33523456789',
  '755 8690 0000',
  '99999999999',
  '00000000000',
  '021-0953 0000',
  '0512-1234567',
])('“%s” is no number', (typed) => {
  expect(normalizePhone(typed)).toBeUndefined()
})

test('a mobile number is understood however it is parted and prefixed', () => {
  fc.assert(
    fc.property(
      mobile,
      fc.constantFrom('', '+86', '0086', '+86 ', '+86-'),
      fc.constantFrom(' ', '-', ''),
      (number, prefix, gap) => {
        const typed = prefix + [number.slice(0, 3), number.slice(3, 7), number.slice(7)].join(gap)
        expect(normalizePhone(typed)).toBe(number)
      },
    ),
  )
})

test('the one form of a number stays itself', () => {
  const extension = fc.option(fc.integer({ min: 1, max: 999999 }), { nil: undefined })
  fc.assert(
    fc.property(fc.oneof(mobile, landline), extension, (number, suffix) => {
      const typed = suffix === undefined || number.startsWith('1') ? number : `${number}-${suffix}`
      const once = normalizePhone(typed)
      expect(once).toBeDefined()
      expect(normalizePhone(once!)).toBe(once)
    }),
  )
})

test('any text gives a number in a known form or none, and never fails', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789+-转 ()x') })), (text) => {
      const number = normalizePhone(text)
      if (number !== undefined)
        expect(number).toMatch(/^(1[3-9]\d{9}|0\d{9,11}(-\d{1,6})?|[48]00\d{7}|\+[1-9]\d{6,14})$/)
    }),
    { numRuns: 1000 },
  )
})
