import { MAX_INQUIRY_BYTES } from '#domain/inquiry/inquiry.ts'
import { RECEIPT_HEADER } from '#domain/inquiry/receipt.ts'
import { PART_PATHS } from './openapi-attachments.ts'
import { acceptLanguage, ALWAYS, NO_STORE, submissionId, WAITING } from './openapi-common.ts'
import { answer, problemAnswers, reference } from './openapi-parts.ts'

const contentDigest = {
  name: 'Content-Digest',
  in: 'header',
  required: true,
  description: 'SHA-256 over the exact bytes of the body (RFC 9530)',
  schema: { type: 'string', pattern: 'sha-256=:[A-Za-z0-9+/]{43}=:' },
}

const shownReceipt = {
  name: RECEIPT_HEADER,
  in: 'header',
  description:
    'The receipt of an inquiry that was delivered before, base64url of its JSON: a server that has lost the inquiry stores it ' +
    'under the same receipt when its `proof` is right. Otherwise it is ignored.',
  schema: { type: 'string' },
}

const put = {
  operationId: 'putInquiry',
  summary: 'Send an inquiry, exactly once',
  description:
    `JSON in UTF-8, at most ${MAX_INQUIRY_BYTES} bytes. Send the same bytes until an answer echoes id and digest. ` +
    'Never accepted as it is: 409, 413, 415, 422. Worth another try: 400, 408, 425, 429, 5xx and anything not understood.',
  parameters: [acceptLanguage, contentDigest, shownReceipt],
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
  description:
    'Erases what the person wrote, and the files; id, digest and receipt stay. Doing it again changes nothing.',
  security: [{ trackingKey: [] }],
  parameters: [acceptLanguage],
  responses: {
    200: answer('Withdrawn', 'InquiryStatus', NO_STORE),
    ...problemAnswers(['inquiry-not-found', ...ALWAYS], WAITING),
  },
}

export const INQUIRY_PATHS = {
  '/api/inquiries/{submissionId}': { parameters: [submissionId], put, get, delete: withdraw },
  ...PART_PATHS,
}

export const SECURITY_SCHEMES = {
  trackingKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `trackingKey` that the inquiry carried; only its sender has it',
  },
}
