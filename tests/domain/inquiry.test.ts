import * as v from 'valibot'
import { expect, test } from 'vitest'
import { consentToCurrent } from '#domain/inquiry/notice.ts'
import { InquirySchema } from '#domain/inquiry/inquiry.ts'
import { fieldErrors } from '#domain/problem.ts'

const envelope = {
  schemaVersion: 1,
  consent: consentToCurrent(['答复咨询'], '2026-11-23T02:00:00Z'),
  trackingKey: 'k'.repeat(43),
}
const contact = { ...envelope, type: 'contact', name: '李样张', phone: '13800138000' }
const settlement = {
  ...envelope,
  type: 'settlement',
  company: { name: '样张公司' },
  contact: { name: 'J. Müller', email: 'j@example.com' },
}

const part = (n: number, bytes = 1000) => ({
  sha256: n.toString(16).padStart(64, '0'),
  name: `现场 ${n}.jpg`,
  type: 'image/jpeg',
  bytes,
})

function errorsOf(body: unknown) {
  const result = v.safeParse(InquirySchema, body)
  return result.success ? [] : fieldErrors(result.issues, 'zh-CN').map(({ pointer, code }) => [pointer, code])
}

test('the least that a person has to give is enough', () => {
  expect(errorsOf(contact)).toEqual([])
  expect(errorsOf(settlement)).toEqual([])
})

test('ten files of five megabytes are taken', () => {
  expect(errorsOf({ ...contact, parts: Array.from({ length: 10 }, (_, n) => part(n, 5 * 1024 * 1024)) })).toEqual([])
})

test('what is stored is in one form', () => {
  expect(v.parse(InquirySchema, { ...contact, name: ' 李样张 ', phone: '+86 138 0013 8000' })).toMatchObject({
    name: '李样张',
    phone: '13800138000',
    parts: [],
  })
})

test.each([
  [{ ...contact, name: '' }, ['/name', 'name.required']],
  [{ ...contact, name: undefined }, ['/name', 'name.required']],
  [{ ...contact, name: '字'.repeat(61) }, ['/name', 'name.tooLong']],
  [{ ...contact, phone: undefined }, ['/phone', 'contact.reach']],
  [{ ...contact, phone: '123' }, ['/phone', 'phone.format']],
  [{ ...contact, email: 'a@b' }, ['/email', 'email.format']],
  [{ ...contact, wechat: '微信' }, ['/wechat', 'wechat.format']],
  [{ ...contact, message: '身份证 11010519491231002X' }, ['/message', 'text.idCard']],
  [{ ...contact, company: '11010519491231002X' }, ['/company', 'text.idCard']],
  [{ ...contact, name: '张 11010519491231002X' }, ['/name', 'text.idCard']],
  [{ ...settlement, company: { name: '样张', uscc: '11010519491231002X' } }, ['/company/uscc', 'text.idCard']],
  [{ ...contact, message: '字'.repeat(2001) }, ['/message', 'text.tooLong']],
  [{ ...contact, parts: Array.from({ length: 11 }, (_, n) => part(n)) }, ['/parts', 'parts.tooMany']],
  [{ ...contact, parts: [part(1), part(1)] }, ['/parts', 'parts.twice']],
  [{ ...contact, parts: [part(1, 40e6), part(2, 20e6)] }, ['/parts', 'parts.tooLarge']],
  [{ ...contact, parts: [part(1, 0)] }, ['/parts/0/bytes', 'parts.empty']],
  [{ ...contact, parts: [{ ...part(1), type: 'text/html' }] }, ['/parts/0/type', 'parts.type']],
  [{ ...contact, parts: [{ ...part(1), sha256: 'a' }] }, ['/parts/0/sha256', 'digest.format']],
  [{ ...contact, parts: [{ ...part(1), name: '11010519491231002X.pdf' }] }, ['/parts/0/name', 'text.idCard']],
  [{ ...contact, schemaVersion: 2 }, ['/schemaVersion', 'schema.unknown']],
  [{ ...contact, trackingKey: 'short' }, ['/trackingKey', 'key.format']],
  [{ ...contact, consent: undefined }, ['/consent', 'consent.required']],
  [{ ...settlement, company: { name: '样张', uscc: 'IOSVZ' } }, ['/company/uscc', 'uscc.format']],
  [{ ...settlement, contact: { name: 'A' } }, ['/contact/phone', 'contact.reach']],
  [{ ...settlement, space: { areaMin: 200, areaMax: 100 } }, ['/space/areaMax', 'range.order']],
  [{ ...settlement, space: { areaMin: -1 } }, ['/space/areaMin', 'number.positive']],
  [{ ...settlement, industry: { section: 'C', division: '99' } }, ['/industry', 'industry.unknown']],
])('%o is refused at %o', (body, expected) => {
  expect(errorsOf(body)).toEqual([expected])
})

test('a code that only breaks its check character is taken', () => {
  expect(errorsOf({ ...settlement, company: { name: '样张', uscc: '91350203M0001QAY9B' } })).toEqual([])
})

test.each(['null', '[]', '"text"', '{}', '{"type":"other"}'])('%s is refused, not a crash', (json) => {
  expect(errorsOf(JSON.parse(json)).length).toBeGreaterThan(0)
})

test('of what is too long it is said how long it may be', () => {
  const said = (body: unknown) => fieldErrors(v.safeParse(InquirySchema, body).issues ?? [], 'zh-CN')[0]?.message
  expect(said({ ...contact, message: '字'.repeat(2001) })).toBe('内容太长，最多 2000 个字')
  expect(said({ ...contact, company: '字'.repeat(121) })).toBe('内容太长，最多 120 个字')
})
