import { randomBytes, randomUUID } from 'node:crypto'
import * as v from 'valibot'
import type { Language } from '#domain/field-messages.ts'
import {
  asSteered,
  CONTACT_FORM,
  type FormText,
  type InquiryForm,
  SETTLEMENT_FORM,
  toFields,
} from '#domain/inquiry/form.ts'
import { composeInquiry, type Inquiry, type InquiryType, InquirySchema } from '#domain/inquiry/inquiry.ts'
import { type Subject, SubmissionId } from '#domain/inquiry/subject.ts'
import { consentToCurrent } from '#domain/inquiry/notice.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { fieldErrors } from '#domain/problem.ts'
import type { PostedForm } from '#domain/rendering.ts'
import type { Database } from '../db/database.ts'
import type { Arrival } from './arrival.ts'
import { contentDigest } from './digest.ts'
import { receiveInquiry } from './receive.ts'

const FORMS: Readonly<Record<InquiryType, InquiryForm>> = { contact: CONTACT_FORM, settlement: SETTLEMENT_FORM }

/** Names of the fields that are not the form's own, as the page has them. */
const FIELDS = { id: 'submissionId', key: 'trackingKey', agreed: 'agreed', share: 'shareWithPark' } as const

/** A form for somebody without JavaScript: with its id, so that posting it twice stores it once. */
export function freshForm(): PostedForm {
  return { submissionId: randomUUID(), trackingKey: randomBytes(32).toString('base64url') }
}

/** What a form was posted with. */
export interface Post {
  type: InquiryType
  /** What it is about, as the server knows it. */
  subject: Subject | undefined
  values: URLSearchParams
  language: Language
}

/**
 * Takes a posted form as a phone's request is taken: checked by the same schema, stored by the same insert.
 * @param now milliseconds since 1970 (UTC)
 * @returns the form with its receipt, or with what has to be corrected
 */
export async function receivePost(database: Database, post: Post, now: number): Promise<PostedForm> {
  const form = readForm(post)
  if (form.agreed !== true) return { ...form, errors: checked(post, form, undefined, now).errors }
  // When consent was given, and what the record was called then, is not in the form: a repeated post is told by what was stored.
  const first = await storedInquiry(database, form.submissionId)
  const outcome = await receive(database, post, form, first, now)
  if (outcome !== 'conflict' || first !== undefined) return settled(form, outcome)
  // Another post of the same form was stored between the two looks.
  const raced = await storedInquiry(database, form.submissionId)
  return settled(form, raced === undefined ? outcome : await receive(database, post, form, raced, now))
}

type Outcome = Pick<PostedForm, 'errors' | 'receipt'> | 'conflict'

/** A form whose id stands for other content gets a new one, so that pressing 提交 again sends what is there now. */
function settled(form: PostedForm, outcome: Outcome): PostedForm {
  return outcome === 'conflict' ? { ...form, ...freshForm(), refusal: 'sentBefore' } : { ...form, ...outcome }
}

/** Reads what the page's fields hold. An id or key that is none is replaced: the person cannot have written it. */
function readForm({ type, values }: Post): PostedForm {
  const fresh = freshForm()
  const id = v.safeParse(SubmissionId, values.get(FIELDS.id))
  const key = values.get(FIELDS.key)
  const text: FormText = {}
  for (const pointer of Object.keys(FORMS[type].initial)) text[pointer] = values.get(pointer) ?? ''
  return {
    submissionId: id.success ? id.output : fresh.submissionId,
    trackingKey: key !== null && /^[\w-]{43}$/.test(key) ? key : fresh.trackingKey,
    text: asSteered(FORMS[type], text),
    agreed: values.has(FIELDS.agreed),
    shareWithPark: values.has(FIELDS.share),
  }
}

function checked({ type, subject, language }: Post, form: PostedForm, first: Inquiry | undefined, now: number) {
  // Without JavaScript no field is hidden: what was typed counts.
  const fields = toFields({ ...FORMS[type], shown: {} }, form.text ?? {})
  const consent = consentToCurrent(
    [type === 'contact' ? '答复咨询' : '对接入驻', ...(form.shareWithPark === true ? (['转交园区'] as const) : [])],
    new Date(now).toISOString(),
  )
  const parsed = composeInquiry({
    type,
    subject: first === undefined ? subject : first.subject,
    fields,
    consent: first === undefined ? consent : { ...first.consent, purposes: consent.purposes },
    trackingKey: form.trackingKey,
  })
  return { parsed, errors: parsed.success ? [] : fieldErrors(parsed.issues, language) }
}

async function receive(
  database: Database,
  post: Post,
  form: PostedForm,
  first: Inquiry | undefined,
  now: number,
): Promise<Outcome> {
  const { parsed, errors } = checked(post, form, first, now)
  if (!parsed.success) return { errors }
  const bytes = Buffer.from(JSON.stringify(parsed.output))
  const { submissionId } = form
  const arrival: Arrival = { submissionId, bytes, digest: contentDigest(bytes), inquiry: parsed.output }
  const reception = await receiveInquiry(database, arrival, now)
  if (reception.outcome === 'conflict') return 'conflict'
  return { receipt: v.parse(ReceiptSchema, JSON.parse(reception.receipt)) }
}

/** @returns what is stored under an id; undefined when nothing is, or it was erased */
async function storedInquiry({ db }: Database, submissionId: string): Promise<Inquiry | undefined> {
  const row = await db.selectFrom('inquiry').select('body').where('submission_id', '=', submissionId).executeTakeFirst()
  if (row?.body === undefined || row.body === null) return undefined
  const stored = v.safeParse(InquirySchema, JSON.parse(Buffer.from(row.body).toString('utf8')))
  return stored.success ? stored.output : undefined
}
