import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '#domain/dates.ts'

const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

test('days between two dates are counted the same both ways, over leap years too', () => {
  fc.assert(
    fc.property(date, date, (from, to) => {
      expect(daysBetween(from, to) + daysBetween(to, from)).toBe(0)
    }),
  )
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
})

test('a date some days after another is that many days away', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -2000, max: 2000 }), (from, days) => {
      expect(daysBetween(from, addDays(from, days))).toBe(days)
    }),
  )
  expect(addDays('2023-12-31', 1)).toBe('2024-01-01')
})
