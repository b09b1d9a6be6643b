import { daysBetween } from './dates.ts'
import type { Policy } from './record/policy.ts'

/**
 * Where a policy stands on a day. Days are whole calendar days. `repealed` is 已废止, by a later decision; `lapsed` 已失效, by
 * itself; `current` is stated to be in force without an end; `unmarked` states nothing.
 */
export type PolicyValidity =
  | { state: 'repealed' }
  | { state: 'lapsed' }
  | { state: 'unmarked' }
  | { state: 'current' }
  | { state: 'upcoming'; from: string; daysUntil: number }
  | { state: 'inForce'; until: string; daysLeft: number }
  | { state: 'ending'; until: string; daysLeft: number }
  | { state: 'ended'; until: string }

/** What a policy says of its own validity. */
export type PolicyTerm = Pick<Policy, 'status' | 'effectiveFrom' | 'validTo'>

/** From how many days before its end a policy is shown as ending. */
const ENDING_DAYS = 30

/**
 * Computes a policy's validity; the last day counts as in force. Without `validTo` nothing is guessed.
 * @param policy its dates and status
 * @param today the reader's date, `YYYY-MM-DD`
 */
export function policyValidity(policy: PolicyTerm, today: string): PolicyValidity {
  const { status, effectiveFrom, validTo } = policy
  if (status === '已废止') return { state: 'repealed' }
  if (status === '已失效') return { state: 'lapsed' }
  if (validTo !== undefined && today > validTo) return { state: 'ended', until: validTo }
  if (effectiveFrom !== undefined && today < effectiveFrom) {
    return { state: 'upcoming', from: effectiveFrom, daysUntil: daysBetween(today, effectiveFrom) }
  }
  if (validTo === undefined) return { state: status === '现行有效' ? 'current' : 'unmarked' }
  const daysLeft = daysBetween(today, validTo)
  return { state: daysLeft <= ENDING_DAYS ? 'ending' : 'inForce', until: validTo, daysLeft }
}
