import * as v from 'valibot'
import { Email, Message, OrganisationName, PersonName, Phone, Wechat } from './fields.ts'

/** What a 联系我们 can be about. */
export const TOPICS = ['招商政策', '投资流程', '土地招拍挂', '厂房价格', '注册公司', '优惠政策', '其他'] as const

/** Fields of 联系我们. Each is optional but the name; one way of reaching the person is checked by `isReachable`. */
export const contactFields = {
  name: PersonName,
  phone: v.optional(Phone),
  email: v.optional(Email),
  wechat: v.optional(Wechat),
  company: v.optional(OrganisationName),
  topic: v.optional(v.picklist(TOPICS)),
  message: v.optional(Message),
}

/** Whether there is at least one way to answer. */
export function isReachable(fields: {
  phone?: string | undefined
  email?: string | undefined
  wechat?: string | undefined
}): boolean {
  return [fields.phone, fields.email, fields.wechat].some((way) => way !== undefined)
}

/** The fields of 联系我们 alone, as the form checks them. */
export const ContactFieldsSchema = v.pipe(
  v.object(contactFields),
  v.forward(v.partialCheck([['phone'], ['email'], ['wechat']], isReachable, 'contact.reach'), ['phone']),
)
