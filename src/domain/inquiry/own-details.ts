import { getAt, type Tree } from '../pointer.ts'
import type { FormText, InquiryForm } from './form.ts'
import type { InquiryType } from './inquiry.ts'

/** Where each form asks who is writing, and how to answer. */
const PLACES: Readonly<Record<InquiryType, Readonly<Record<string, string>>>> = {
  contact: { name: '/name', phone: '/phone', email: '/email', wechat: '/wechat', company: '/company' },
  settlement: {
    name: '/contact/name',
    role: '/contact/role',
    phone: '/contact/phone',
    email: '/contact/email',
    company: '/company/name',
    stage: '/company/stage',
    uscc: '/company/uscc',
    country: '/company/country',
  },
}
const WAYS = ['phone', 'email', 'wechat']

/** What a person would have to type again: who is writing, as an earlier request says it, in the fields of this form. */
export function ownDetails(
  earlier: { type: InquiryType; values: Tree },
  { type }: Pick<InquiryForm, 'type'>,
): FormText {
  const text: FormText = {}
  for (const [detail, pointer] of Object.entries(PLACES[earlier.type])) {
    const value = getAt(earlier.values, pointer)
    const place = PLACES[type][detail]
    if (typeof value === 'string' && place !== undefined) text[place] = value
  }
  const way = WAYS.find((known) => `/${known}` in text)
  return type === 'contact' && way !== undefined ? { ...text, '/way': way } : text
}

/** Whether nothing of it has been typed. */
export function hasNoDetails({ type }: Pick<InquiryForm, 'type'>, text: FormText): boolean {
  return Object.values(PLACES[type]).every((pointer) => (text[pointer] ?? '').trim() === '')
}
