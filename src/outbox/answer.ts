import * as v from 'valibot'
import { type Part, PartProgressSchema } from '#domain/inquiry/parts.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { type InquiryStatus, InquiryStatusSchema } from '#domain/inquiry/status.ts'
import { FieldErrorSchema, PROBLEM_PREFIX } from '#domain/problem.ts'
import { parseRetryAfter } from './backoff.ts'
import type { EntryRow, Refusal, WaitReason } from './rows.ts'

/** What came back, read to its end. A redirect is an answer with status 0: it is not followed. */
export interface Answer {
  status: number
  contentType: string | null
  retryAfter: string | null
  /** The `Date` header. */
  date: string | null
  /** The `Upload-Offset` header. */
  uploadOffset: string | null
  text: string
}

/** No answer: the request never left, was lost, or the answer did not come whole. */
export type NoAnswer = 'offline' | 'unreachable'

/** Try again; `retryAfter` in ms. */
interface Again {
  type: 'retry'
  reason: Exclude<WaitReason, 'new' | 'notAllowed'>
  retryAfter?: number | undefined
}
export type PutOutcome =
  | { type: 'stored'; receipt: v.InferOutput<typeof ReceiptSchema> }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'notAllowed' }
  | Again
export type DeleteOutcome =
  { type: 'withdrawnSeen' | 'withdrawalDeclined'; status: InquiryStatus } | { type: 'notThere' | 'notAllowed' } | Again

type GetOutcome =
  | { type: 'withdrawnSeen' | 'statusSeen'; status: InquiryStatus }
  | { type: 'notThere' }
  | { type: 'notAllowed' }
  | Again

/**
 * `held`: so many bytes of the file, from its beginning, are stored. `damaged`: what came had another digest and was dropped,
 * so that it begins anew.
 */
export type PartOutcome =
  | { type: 'held'; offset: number }
  | { type: 'damaged' }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'notThere' | 'notAllowed' }
  | Again

/** Statuses that say: never as it is. Only believed as a problem of the server's own, for portals and gateways answer with any status. */
const REFUSING = [409, 413, 415, 422]
const NOT_FROM_HERE = [401, 403]
const PATIENCE = [408, 425, 429]

const ProblemBody = v.object({
  type: v.pipe(v.string(), v.startsWith(PROBLEM_PREFIX)),
  title: v.fallback(v.string(), ''),
  errors: v.fallback(v.array(FieldErrorSchema), []),
})
const NOT_UNDERSTOOD: Again = { type: 'retry', reason: 'notUnderstood' }

/**
 * What the answer to a `PUT` means: the table of the protocol, and the only place that knows it.
 * @param sent the request's id and the digest of its frozen bytes, which a receipt must echo
 * @param now ms, for a `Retry-After` that is a date
 */
export function readPutAnswer(
  answer: Answer | NoAnswer,
  sent: Pick<EntryRow, 'id' | 'digest'>,
  now: number,
): PutOutcome {
  if (typeof answer === 'string') return { type: 'retry', reason: answer }
  if (answer.status === 200 || answer.status === 201) {
    const receipt = v.safeParse(ReceiptSchema, json(answer.text))
    const echoed = receipt.success && receipt.output.submissionId === sent.id && receipt.output.digest === sent.digest
    return echoed ? { type: 'stored', receipt: receipt.output } : NOT_UNDERSTOOD
  }
  const problem = readProblem(answer)
  if (REFUSING.includes(answer.status) && problem !== undefined) {
    return { type: 'refused', refusal: refusalOf(answer, problem) }
  }
  return readOther(answer, now)
}

/** What the answer to a `DELETE` means. That the server does not hold it counts only in its own words. */
export function readDeleteAnswer(answer: Answer | NoAnswer, id: string, now: number): DeleteOutcome {
  if (typeof answer === 'string') return { type: 'retry', reason: answer }
  const status = readStatus(answer, id)
  if (status !== undefined) {
    return { type: status.state === '已撤回' ? 'withdrawnSeen' : 'withdrawalDeclined', status }
  }
  return isUnknownHere(answer) ? { type: 'notThere' } : readOther(answer, now)
}

/**
 * What the answer to a piece of a file means. Where the server is at another place of the file, its own is the one that counts.
 * @param part the file, whose digest an answer must echo
 */
export function readPartAnswer(
  answer: Answer | NoAnswer,
  part: Pick<Part, 'sha256' | 'bytes'>,
  now: number,
): PartOutcome {
  if (typeof answer === 'string') return { type: 'retry', reason: answer }
  if (answer.status === 200) {
    const progress = v.safeParse(PartProgressSchema, json(answer.text))
    if (!progress.success || progress.output.sha256 !== part.sha256) return NOT_UNDERSTOOD
    return {
      type: 'held',
      offset: progress.output.complete ? part.bytes : Math.min(progress.output.offset, part.bytes - 1),
    }
  }
  const problem = readProblem(answer)
  if (problem === undefined) return readOther(answer, now)
  if (answer.status === 416 && /^\d{1,9}$/.test(answer.uploadOffset ?? '')) {
    return { type: 'held', offset: Math.min(Number(answer.uploadOffset), part.bytes - 1) }
  }
  if (isUnknownHere(answer)) return { type: 'notThere' }
  if (answer.status === 400 && problem.type === OTHER_DIGEST) return { type: 'damaged' }
  if (REFUSING.includes(answer.status)) return { type: 'refused', refusal: refusalOf(answer, problem) }
  return readOther(answer, now)
}

/** What the answer to a `GET` means. That the server does not hold what it gave a receipt for counts only in its own words. */
export function readGetAnswer(answer: Answer | NoAnswer, id: string, now: number): GetOutcome {
  if (typeof answer === 'string') return { type: 'retry', reason: answer }
  const status = readStatus(answer, id)
  if (status !== undefined) return { type: status.state === '已撤回' ? 'withdrawnSeen' : 'statusSeen', status }
  return isUnknownHere(answer) ? { type: 'notThere' } : readOther(answer, now)
}

/** The status of a request, or undefined when the answer is anything else. */
function readStatus(answer: Answer, id: string): InquiryStatus | undefined {
  if (answer.status !== 200) return undefined
  const status = v.safeParse(InquiryStatusSchema, json(answer.text))
  return status.success && status.output.submissionId === id ? status.output : undefined
}

function readOther(answer: Answer, now: number): Again | { type: 'notAllowed' } {
  if (NOT_FROM_HERE.includes(answer.status)) return { type: 'notAllowed' }
  if (!PATIENCE.includes(answer.status) && answer.status < 500) return NOT_UNDERSTOOD
  return { type: 'retry', reason: 'busy', retryAfter: parseRetryAfter(answer.retryAfter, answer.date, now) }
}

function refusalOf({ status }: Answer, { title, errors }: v.InferOutput<typeof ProblemBody>): Refusal {
  return { status, title, errors }
}

/** The name that the server gives to the problem of an inquiry that it does not hold. */
const UNKNOWN_INQUIRY = `${PROBLEM_PREFIX}inquiry-not-found`
/** The one for a file that is not the one that was announced. */
const OTHER_DIGEST = `${PROBLEM_PREFIX}part-digest`

function isUnknownHere(answer: Answer): boolean {
  return answer.status === 404 && readProblem(answer)?.type === UNKNOWN_INQUIRY
}

/** A problem of the server's own; undefined for any other answer. */
function readProblem(answer: Answer): v.InferOutput<typeof ProblemBody> | undefined {
  if (answer.contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/problem+json') return undefined
  const problem = v.safeParse(ProblemBody, json(answer.text))
  return problem.success ? problem.output : undefined
}

/** Text that is no JSON is an answer like any other that is not understood: undefined fits no schema. */
function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
