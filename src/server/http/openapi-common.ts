import { header, RETRY_AFTER } from './openapi-parts.ts'

export const NO_STORE = { 'Cache-Control': header('Never cached', 'no-store') }
/** What any request may be answered with. */
export const ALWAYS = ['rate-limited', 'internal', 'unavailable'] as const
export const WAITING = { 'rate-limited': RETRY_AFTER, unavailable: RETRY_AFTER }

export const submissionId = {
  name: 'submissionId',
  in: 'path',
  required: true,
  description: 'UUID minted on the phone when the person presses 提交; every retry uses the same one',
  schema: { type: 'string', format: 'uuid' },
}
export const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  description: 'Language of problems: Chinese, or English when it comes first',
  schema: { type: 'string' },
}
