import type { EntryRow } from './rows.ts'

/** First step of the backoff and its largest, in ms. */
export const BACKOFF_BASE = 2_000
export const BACKOFF_CAP = 15 * 60_000
/** Longest `Retry-After` that is honoured, in ms. No wait is ever longer. */
export const RETRY_AFTER_CAP = 60 * 60_000

/**
 * How urgent a look at the queue is. `due`: only what has waited long enough. `contact`: something suggests that the network
 * is another than before (start, online, visible), so that waiting for it is over. `now`: the person asked.
 */
export type Urgency = 'due' | 'contact' | 'now'

/**
 * Wait before the next attempt, in ms: full jitter (a uniform choice between nothing and a bound that doubles), or what the
 * server asked for and up to `BACKOFF_BASE` more, so that phones do not all come back at once.
 * @param attempts made so far, at least 1
 * @param random uniform in [0, 1)
 * @param retryAfter ms, when the server said so
 */
export function retryDelay(attempts: number, random: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined) return Math.min(RETRY_AFTER_CAP, retryAfter + random * BACKOFF_BASE)
  return random * Math.min(BACKOFF_CAP, BACKOFF_BASE * 2 ** (attempts - 1))
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date, which is taken against the answer's own `Date` when it has
 * one, for the phone's clock may be wrong.
 * @returns ms from 0 to `RETRY_AFTER_CAP`, or undefined when there is none that can be read
 */
export function parseRetryAfter(header: string | null, date: string | null, now: number): number | undefined {
  if (header === null) return undefined
  const value = header.trim()
  const reference = date === null ? NaN : Date.parse(date)
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - (Number.isNaN(reference) ? now : reference)
  return Number.isNaN(wait) ? undefined : Math.min(RETRY_AFTER_CAP, Math.max(0, wait))
}

/** Whether there is something to do for this request at all, at some time. */
export function isPending(entry: Pick<EntryRow, 'state'>): boolean {
  return ['unsent', 'sending', 'attaching', 'withdrawing'].includes(entry.state)
}

/** How long a request may wait without a word, in ms. */
export const OVERDUE_AFTER = 24 * 60 * 60_000

/**
 * Whether a request, or its withdrawal, has waited so long, although there was a network at the last attempt, that its person
 * must be told that something is wrong. A clock that was set back tells nothing.
 */
export function isOverdue(
  entry: Pick<EntryRow, 'state' | 'wait' | 'createdAt' | 'pendingSince'>,
  now: number,
): boolean {
  const isReachable = entry.wait !== undefined && entry.wait.reason !== 'offline' && entry.wait.reason !== 'new'
  return isPending(entry) && isReachable && now - (entry.pendingSince ?? entry.createdAt) >= OVERDUE_AFTER
}

/** Whether a pending request is to be tried now. A wait that the clock has jumped out of is over. */
export function isDue(entry: Pick<EntryRow, 'state' | 'wait'>, now: number, urgency: Urgency): boolean {
  if (!isPending(entry)) return false
  const { wait } = entry
  if (wait === undefined || entry.state === 'sending' || urgency === 'now') return true
  if (urgency === 'contact' && wait.reason !== 'busy') return true
  if (wait.reason === 'notAllowed') return false
  if (wait.nextAttemptAt === undefined) return true
  return wait.nextAttemptAt <= now || now < wait.since || wait.nextAttemptAt - now > RETRY_AFTER_CAP
}

/** Whether the queue pauses: the server said "not from here" to one, so others are not tried by time alone. */
export function isPaused(entries: readonly Pick<EntryRow, 'state' | 'wait'>[]): boolean {
  return entries.some((entry) => isPending(entry) && entry.wait?.reason === 'notAllowed')
}
