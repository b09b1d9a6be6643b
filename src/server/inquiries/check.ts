import * as v from 'valibot'
import { parseContentDigest } from '#domain/digest.ts'
import type { Language } from '#domain/field-messages.ts'
import { type Inquiry, InquirySchema, MAX_INQUIRY_BYTES } from '#domain/inquiry/inquiry.ts'
import { SubmissionId } from '#domain/inquiry/subject.ts'
import { RECEIPT_HEADER } from '#domain/inquiry/receipt.ts'
import { type FieldError, fieldErrors } from '#domain/problem.ts'
import type { ProblemName } from '../http/problem-texts.ts'
import type { Sent } from './arrival.ts'
import { BodyAbortedError, BodyTooLargeError, readBody } from './body.ts'
import { contentDigest } from './digest.ts'
import { parseShownReceipt } from './shown-receipt.ts'

/** Why a request is not taken. */
export interface Objection {
  problem: ProblemName
  errors?: FieldError[]
}

export type Checked<T> = { ok: true; value: T } | { ok: false; objection: Objection }

const object = (problem: ProblemName, errors?: FieldError[]): { ok: false; objection: Objection } => ({
  ok: false,
  objection: { problem, ...(errors === undefined ? {} : { errors }) },
})

/**
 * Checks a PUT from the outside in: id, media type, size, digest; what the bytes say comes after. The first that fails decides the
 * answer; damage on the way is told apart from what will never be accepted, for a phone repeats the one and not the other.
 */
export async function checkSent(id: string, request: Request): Promise<Checked<Sent>> {
  const submissionId = v.safeParse(SubmissionId, id)
  if (!submissionId.success) return object('submission-id')
  if (!isPlainJson(request.headers)) return object('content-type')
  const body = await read(request)
  if (!body.ok) return body
  const bytes = body.value
  const digest = contentDigest(bytes)
  const announced = parseContentDigest(request.headers.get('content-digest') ?? '')
  if (announced === undefined) return object('digest-missing')
  if (announced !== digest) return object('digest-mismatch')
  const shown = parseShownReceipt(request.headers.get(RECEIPT_HEADER))
  return { ok: true, value: { submissionId: submissionId.output, bytes, digest, shown } }
}

/** JSON is UTF-8 (RFC 8259), and its digest is over the bytes as sent, so that nothing may be compressed. */
function isPlainJson(headers: Headers): boolean {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').split(';').map((part) => part.trim())
  const encoding = headers.get('content-encoding') ?? 'identity'
  const isUtf8 = parameters.every(
    (parameter) => !/^charset=/i.test(parameter) || /^charset="?utf-?8"?$/i.test(parameter),
  )
  return /^application\/json$/i.test(type) && isUtf8 && /^identity$/i.test(encoding)
}

async function read(request: Request): Promise<Checked<Uint8Array>> {
  try {
    return { ok: true, value: await readBody(request, MAX_INQUIRY_BYTES) }
  } catch (error) {
    if (error instanceof BodyTooLargeError) return object('body-too-large')
    if (error instanceof BodyAbortedError) return object('body-aborted')
    throw error
  }
}

/** Reads what a request says, and checks it by the schema. */
export function parseInquiry(bytes: Uint8Array, language: Language): Checked<Inquiry> {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    // Neither error says more than this, and either may quote what the person wrote.
    return object('body-not-json')
  }
  const parsed = v.safeParse(InquirySchema, body)
  return parsed.success
    ? { ok: true, value: parsed.output }
    : object('inquiry-invalid', fieldErrors(parsed.issues, language))
}
