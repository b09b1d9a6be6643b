import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { CONTACT_FORM, SETTLEMENT_FORM, toFields, toText } from '#domain/inquiry/form.ts'

const filled = {
  ...SETTLEMENT_FORM.initial,
  '/company/name': '样张公司',
  '/company/stage': '已注册',
  '/industry': 'C36',
  '/space/type': 'factory',
  '/space/areaMin': '2,000',
  '/space/height': '６.５',
  '/investment/amount': '3000',
  '/contact/name': '李样张',
  '/contact/email': 'li@example.com',
}

test('what was typed becomes the fields of a request', () => {
  expect(toFields(SETTLEMENT_FORM, filled)).toEqual({
    company: { name: '样张公司', stage: '已注册' },
    industry: { section: 'C', division: '36' },
    space: { type: 'factory', areaMin: 2000, areaUnit: '㎡', height: 6.5 },
    investment: { amount: 3000, currency: 'CNY' },
    contact: { name: '李样张', email: 'li@example.com' },
  })
})

test('a unit alone, and a field that is not asked, are not sent', () => {
  const fields = toFields(SETTLEMENT_FORM, {
    ...filled,
    '/space/type': 'office',
    '/space/areaMin': '',
    '/company/country': '德国',
  })
  expect(fields).toMatchObject({ space: { type: 'office' }, company: { name: '样张公司' } })
  expect(JSON.stringify(fields)).not.toMatch(/㎡|德国|height/)
})

test('fields go back to text and give the same fields again', () => {
  const fields = toFields(SETTLEMENT_FORM, filled)
  expect(toFields(SETTLEMENT_FORM, toText(SETTLEMENT_FORM, fields))).toEqual(fields)
})

test('any text at all gives fields that the schema can judge', () => {
  for (const form of [CONTACT_FORM, SETTLEMENT_FORM]) {
    const text = fc.record(Object.fromEntries(Object.keys(form.initial).map((pointer) => [pointer, fc.string()])))
    fc.assert(
      fc.property(text, (typed) => {
        const result = v.safeParse(form.schema, toFields(form, typed))
        if (result.success)
          expect(v.safeParse(form.schema, toFields(form, toText(form, result.output))).success).toBe(true)
      }),
    )
  }
})
