import * as v from 'valibot'
import { type Consent, ConsentSchema } from './consent.ts'
import { contactFields, isReachable } from './contact.ts'
import { type Part, PartsSchema } from './parts.ts'
import { settlementFields } from './settlement.ts'
import { type Subject, SubjectSchema } from './subject.ts'

/** Version of the body's schema. The server accepts every one that was ever published. */
export const SCHEMA_VERSION = 1

/** Largest body of a request, in bytes. */
export const MAX_INQUIRY_BYTES = 64 * 1024

/** A bearer token (RFC 6750) of at least 256 bits. */
const TrackingKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~+/-]{43,128}=*$/, 'key.format'))

const envelope = {
  schemaVersion: v.literal(SCHEMA_VERSION, 'schema.unknown'),
  subject: v.optional(SubjectSchema),
  consent: ConsentSchema,
  trackingKey: TrackingKey,
  /** The files that go with it, each sent by itself after the request; the request is complete when all are there. */
  parts: v.optional(PartsSchema, []),
}

/** 联系我们 */
const ContactInquirySchema = v.pipe(
  v.object({ ...envelope, type: v.literal('contact'), ...contactFields }),
  v.forward(v.partialCheck([['phone'], ['email'], ['wechat']], isReachable, 'contact.reach'), ['phone']),
)

/** 企业入驻 */
const SettlementInquirySchema = v.object({ ...envelope, type: v.literal('settlement'), ...settlementFields })

/** The body of `PUT /api/inquiries/{submissionId}`. */
export const InquirySchema = v.variant('type', [ContactInquirySchema, SettlementInquirySchema])
export type ContactInquiry = v.InferOutput<typeof ContactInquirySchema>
export type SettlementInquiry = v.InferOutput<typeof SettlementInquirySchema>
export type Inquiry = v.InferOutput<typeof InquirySchema>
export type InquiryType = Inquiry['type']

/** What a form makes a request of. */
export interface InquiryParts {
  type: InquiryType
  subject?: Subject | undefined
  /** The form's own fields. */
  fields: Record<string, unknown>
  consent: Consent
  trackingKey: string
  parts?: readonly Part[] | undefined
}

/** Puts a request together, in the one order of its fields, and checks it as whoever receives it will. */
export function composeInquiry({ type, subject, fields, consent, trackingKey, parts = [] }: InquiryParts) {
  const whole = { ...fields, schemaVersion: SCHEMA_VERSION, type, subject, consent, trackingKey, parts }
  return v.safeParse(InquirySchema, whole)
}
