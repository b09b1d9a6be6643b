import { MAX_INQUIRY_BYTES } from '#domain/inquiry/inquiry.ts'
import { answer, header, problemAnswers, reference, RETRY_AFTER } from './openapi-parts.ts'

const NO_STORE = { 'Cache-Control': header('Never cached', 'no-store') }
const ALWAYS = ['rate-limited', 'internal', 'unavailable'] as const
const WAITING = { 'rate-limited': RETRY_AFTER, unavailable: RETRY_AFTER }

const submissionId = {
  name: 'submissionId',
  in: 'path',
  required: true,
  description: 'UUID minted on the phone when the person presses 提交; every retry uses the same one',
  schema: { type: 'string', format: 'uuid' },
}
const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  description: 'Language of problems: Chinese, or English when it comes first',
  schema: { type: 'string' },
}
const contentDigest = {
  name: 'Content-Digest',
  in: 'header',
  required: true,
  description: 'SHA-256 over the exact bytes of the body (RFC 9530)',
  schema: { type: 'string', pattern: 'sha-256=:[A-Za-z0-9+/]{43}=:' },
}

const put = {
  operationId: 'putInquiry',
  summary: 'Send an inquiry, exactly once',
  description:
    `JSON in UTF-8, at most ${MAX_INQUIRY_BYTES} bytes. Send the same bytes until an answer echoes id and digest. ` +
    'Never accepted as it is: 409, 413, 415, 422. Worth another try: 400, 408, 425, 429, 5xx and anything not understood.',
  parameters: [acceptLanguage, contentDigest],
  requestBody: { required: true, content: { 'application/json': { schema: reference('Inquiry') } } },
  responses: {
    200: answer('Stored already, withdrawn or not: the same receipt, byte for byte', 'Receipt', NO_STORE),
    201: answer('Stored now', 'Receipt', NO_STORE),
    ...problemAnswers(
      [
        'body-aborted',
        'digest-mismatch',
        'inquiry-conflict',
        'body-too-large',
        'content-type',
        'submission-id',
        'digest-missing',
        'body-not-json',
        'inquiry-invalid',
        ...ALWAYS,
      ],
      WAITING,
    ),
  },
}

const get = {
  operationId: 'getInquiry',
  summary: 'Where an inquiry stands',
  description: 'A wrong key and an unknown id get the same answer.',
  security: [{ trackingKey: [] }],
  parameters: [acceptLanguage],
  responses: {
    200: answer('State and timeline, oldest first', 'InquiryStatus', NO_STORE),
    ...problemAnswers(['inquiry-not-found', ...ALWAYS], WAITING),
  },
}

const withdraw = {
  operationId: 'withdrawInquiry',
  summary: '撤回: withdraw an inquiry',
  description: 'Erases what the person wrote; id, digest and receipt stay. Doing it again changes nothing.',
  security: [{ trackingKey: [] }],
  parameters: [acceptLanguage],
  responses: {
    200: answer('Withdrawn', 'InquiryStatus', NO_STORE),
    ...problemAnswers(['inquiry-not-found', ...ALWAYS], WAITING),
  },
}

export const INQUIRY_PATHS = {
  '/api/inquiries/{submissionId}': { parameters: [submissionId], put, get, delete: withdraw },
}

export const SECURITY_SCHEMES = {
  trackingKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `trackingKey` that the inquiry carried; only its sender has it',
  },
}
