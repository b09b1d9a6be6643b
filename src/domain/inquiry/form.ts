import { ContactFieldsSchema } from './contact.ts'
import type { InquiryType } from './inquiry.ts'
import { SettlementFieldsSchema } from './settlement.ts'
import { industryCode } from '../industry-name.ts'
import { IndustrySchema, parseIndustryCode } from '../industry.ts'
import * as v from 'valibot'
import { getAt, setAt, type Tree } from '../pointer.ts'

/** What a person typed: the text of each field, by the JSON Pointer of the field in the request. */
export type FormText = Record<string, string>

/** A form: which fields it has, which of them are numbers, and what each may be. */
export interface InquiryForm {
  type: InquiryType
  schema: typeof ContactFieldsSchema | typeof SettlementFieldsSchema
  /** Every field with the text it starts with. */
  initial: Readonly<FormText>
  /** Sent even when empty, so that the schema can ask for them. */
  required: readonly string[]
  numbers: readonly string[]
  /** A field that means nothing without one of the others: a unit without its amount. */
  needs: Readonly<Record<string, readonly string[]>>
  /** Steers the form and is not sent. */
  local: readonly string[]
  /** A field that is asked only where another says so. What was typed into it stays, and is not sent while it is hidden. */
  shown: Readonly<Record<string, (text: FormText) => boolean>>
}

const forFactory = (text: FormText) => text['/space/type'] === 'factory'

export const CONTACT_FORM: InquiryForm = {
  type: 'contact',
  schema: ContactFieldsSchema,
  initial: {
    '/name': '',
    '/way': 'phone',
    '/phone': '',
    '/email': '',
    '/wechat': '',
    '/company': '',
    '/topic': '',
    '/message': '',
  },
  required: ['/name'],
  numbers: [],
  needs: {},
  local: ['/way'],
  shown: {
    '/phone': (text) => text['/way'] === 'phone',
    '/email': (text) => text['/way'] === 'email',
    '/wechat': (text) => text['/way'] === 'wechat',
  },
}

export const SETTLEMENT_FORM: InquiryForm = {
  type: 'settlement',
  schema: SettlementFieldsSchema,
  initial: {
    '/company/name': '',
    '/company/stage': '',
    '/company/uscc': '',
    '/company/country': '',
    '/industry': '',
    '/track': '',
    '/space/type': '',
    '/space/areaMin': '',
    '/space/areaMax': '',
    '/space/areaUnit': '㎡',
    '/space/floorLoad': '',
    '/space/height': '',
    '/space/powerKva': '',
    '/space/fireClass': '',
    '/investment/amount': '',
    '/investment/currency': 'CNY',
    '/startWindow': '',
    '/contact/name': '',
    '/contact/role': '',
    '/contact/phone': '',
    '/contact/email': '',
    '/message': '',
  },
  required: ['/company/name', '/contact/name'],
  numbers: [
    '/space/areaMin',
    '/space/areaMax',
    '/space/floorLoad',
    '/space/height',
    '/space/powerKva',
    '/investment/amount',
  ],
  needs: {
    '/space/areaUnit': ['/space/areaMin', '/space/areaMax'],
    '/investment/currency': ['/investment/amount'],
  },
  local: [],
  shown: {
    '/company/uscc': (text) => text['/company/stage'] === '' || text['/company/stage'] === '已注册',
    '/company/country': (text) => text['/company/stage'] === '境外企业',
    '/space/floorLoad': forFactory,
    '/space/height': forFactory,
    '/space/powerKva': forFactory,
    '/space/fireClass': forFactory,
  },
}

/** Whether a field is asked for, given what else was typed. */
export function isShown(form: InquiryForm, text: FormText, pointer: string): boolean {
  return form.shown[pointer]?.(text) ?? true
}

/** `1,200` and `１２００` are numbers to a person; what is none stays text, for the schema to refuse. */
function numberOf(text: string): number | string {
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : text
}

/** The request's fields from what was typed; empty fields are left out. */
export function toFields(form: InquiryForm, text: FormText): Tree {
  const typed = (pointer: string) => (text[pointer] ?? '').trim()
  const fields: Tree = {}
  for (const pointer of Object.keys(form.initial)) {
    const value = typed(pointer)
    const alone = form.needs[pointer]?.every((other) => typed(other) === '') === true
    if (
      alone ||
      form.local.includes(pointer) ||
      !isShown(form, text, pointer) ||
      (value === '' && !form.required.includes(pointer))
    )
      continue
    if (form.numbers.includes(pointer)) setAt(fields, pointer, numberOf(value))
    else if (pointer === '/industry') setAt(fields, pointer, parseIndustryCode(value) ?? value)
    else setAt(fields, pointer, value)
  }
  return fields
}

/** What a person would have typed for these fields: the way back, for correcting a request. */
export function toText(form: InquiryForm, fields: Tree): FormText {
  const way = (['phone', 'email', 'wechat'] as const).find((pointer) => getAt(fields, `/${pointer}`) !== undefined)
  return Object.fromEntries(
    Object.entries(form.initial).map(([pointer, initial]) => {
      const value = pointer === '/way' ? way : getAt(fields, pointer)
      if (pointer === '/industry') return [pointer, v.is(IndustrySchema, value) ? industryCode(value) : initial]
      return [pointer, typeof value === 'string' || typeof value === 'number' ? String(value) : initial]
    }),
  )
}

/** The text of a form that was filled in where nothing steers it: the way that was written counts as the one that was chosen. */
export function asSteered(form: InquiryForm, text: FormText): FormText {
  const steering = Object.fromEntries(form.local.map((pointer) => [pointer, form.initial[pointer] ?? '']))
  const way = (['phone', 'email', 'wechat'] as const).find((pointer) => (text[`/${pointer}`] ?? '').trim() !== '')
  return { ...text, ...steering, ...(way !== undefined && '/way' in steering ? { '/way': way } : {}) }
}

/** Whether anything was typed that a person would miss. */
export function isEmpty(form: InquiryForm, text: FormText): boolean {
  const typed = Object.entries(form.initial).filter(([pointer]) => !form.local.includes(pointer))
  return typed.every(([pointer, initial]) => (text[pointer] ?? '').trim() === initial)
}
