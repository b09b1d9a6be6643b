import * as v from 'valibot'
import { fieldMessage, isFieldCode, type Language } from './field-messages.ts'

export const FieldErrorSchema = v.object({
  /** JSON Pointer (RFC 6901) to the field in the body. */
  pointer: v.string(),
  code: v.string(),
  message: v.string(),
})
export type FieldError = v.InferOutput<typeof FieldErrorSchema>

/** What the `type` of every problem of ours begins with: one without it is somebody else's, such as a gateway's. */
export const PROBLEM_PREFIX = 'urn:luodi:problem:'

/** An error answer, `application/problem+json` (RFC 9457). */
export const ProblemSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  detail: v.optional(v.string()),
  errors: v.optional(v.array(FieldErrorSchema)),
})
export type Problem = v.InferOutput<typeof ProblemSchema>

/**
 * What is wrong with which field, in words that say what to do; the first thing of each field.
 * @param issues of a valibot schema whose messages are codes
 */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[], language: Language): FieldError[] {
  const first = new Map([...issues].reverse().map((issue) => [pointerOf(issue), issue]))
  return [...first].reverse().map(([pointer, issue]) => {
    const code = codeOf(issue)
    return { pointer, code, message: fieldMessage(code, language, issue.requirement) }
  })
}

/** Our rules give codes; valibot's own words for an absent key or a wrong type become one of ours. */
function codeOf(issue: v.BaseIssue<unknown>): string {
  if (isFieldCode(issue.message)) return issue.message
  if (pointerOf(issue) === '/consent') return 'consent.required'
  return issue.input === undefined ? 'text.required' : 'value.invalid'
}

function pointerOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? []).map((item) => `/${String(item.key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
