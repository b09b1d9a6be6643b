import * as v from 'valibot'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ContactFieldsSchema } from '#domain/inquiry/contact.ts'
import { CONTACT_FORM, SETTLEMENT_FORM, toFields } from '#domain/inquiry/form.ts'
import { hasNoDetails, ownDetails } from '#domain/inquiry/own-details.ts'
import { SettlementFieldsSchema } from '#domain/inquiry/settlement.ts'

const contact = {
  name: '李样张',
  email: 'li@example.com',
  company: '样张公司',
  topic: '厂房价格',
  message: '有空置厂房吗',
}
const settlement = {
  company: { name: '样张公司', stage: '境外企业', country: '德国' },
  contact: { name: '李样张', role: '经理', phone: '13800138000' },
  space: { areaMin: 2000 },
  message: '想看厂房',
}

test('from 联系我们 to 企业入驻 go name, ways and company, and nothing of what was asked', () => {
  expect(ownDetails({ type: 'contact', values: contact }, SETTLEMENT_FORM)).toEqual({
    '/contact/name': '李样张',
    '/contact/email': 'li@example.com',
    '/company/name': '样张公司',
  })
})

test('from 企业入驻 to 联系我们 the way that was given is the chosen one', () => {
  expect(ownDetails({ type: 'settlement', values: settlement }, CONTACT_FORM)).toEqual({
    '/name': '李样张',
    '/phone': '13800138000',
    '/company': '样张公司',
    '/way': 'phone',
  })
  expect(ownDetails({ type: 'contact', values: contact }, CONTACT_FORM)).toMatchObject({ '/way': 'email' })
})

test('a form of the same kind takes all that is the company’s own', () => {
  const again = ownDetails({ type: 'settlement', values: settlement }, SETTLEMENT_FORM)
  expect(again).toMatchObject({ '/company/stage': '境外企业', '/company/country': '德国', '/contact/role': '经理' })
  expect(Object.keys(again).filter((pointer) => /space|message/.test(pointer))).toEqual([])
})

test('what another version kept in other shapes is left out', () => {
  expect(ownDetails({ type: 'contact', values: { name: 7, phone: ['1'], company: null } }, SETTLEMENT_FORM)).toEqual({})
})

test('whoever could send one form can send the other with it, once the company has a name', () => {
  const ways = fc.subarray(['phone', 'email', 'wechat'], { minLength: 1 })
  const value: Record<string, string> = { phone: '13800138000', email: 'li@example.com', wechat: 'li_yangzhang' }
  fc.assert(
    fc.property(ways, (given) => {
      const values = { name: '李', company: '样张', ...Object.fromEntries(given.map((way) => [way, value[way]])) }
      expect(v.is(ContactFieldsSchema, values)).toBe(true)
      const own = { ...CONTACT_FORM.initial, ...ownDetails({ type: 'contact', values }, CONTACT_FORM) }
      expect(v.is(ContactFieldsSchema, toFields(CONTACT_FORM, own))).toBe(true)
      const other = { ...SETTLEMENT_FORM.initial, ...ownDetails({ type: 'contact', values }, SETTLEMENT_FORM) }
      expect(v.is(SettlementFieldsSchema, toFields(SETTLEMENT_FORM, other))).toBe(given.some((way) => way !== 'wechat'))
    }),
  )
})

test('a form has no details while only something else was typed', () => {
  expect(hasNoDetails(CONTACT_FORM, { ...CONTACT_FORM.initial, '/message': '问' })).toBe(true)
  expect(hasNoDetails(CONTACT_FORM, { ...CONTACT_FORM.initial, '/wechat': ' a' })).toBe(false)
  expect(hasNoDetails(SETTLEMENT_FORM, { ...SETTLEMENT_FORM.initial, '/company/name': '样张' })).toBe(false)
})
