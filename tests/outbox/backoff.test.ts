import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BACKOFF_BASE,
  BACKOFF_CAP,
  isDue,
  isOverdue,
  isPaused,
  OVERDUE_AFTER,
  parseRetryAfter,
  RETRY_AFTER_CAP,
  retryDelay,
  type Urgency,
} from '#outbox/backoff.ts'
import type { Event } from '#outbox/event.ts'
import type { EntryRow, State, WaitReason } from '#outbox/rows.ts'
import { transition } from '#outbox/transitions.ts'
import { SHORTEST_TIMER, untilNext } from '#outbox/triggers.ts'
import { row } from './support/row.ts'

/** Weeks after a request was made, in ms. */
const LATER = 30 * OVERDUE_AFTER
const RECEIPT = {
  submissionId: row().id,
  receiptNo: 'LD-7K3M-9QXW',
  receivedAt: '2026-03-02T02:00:00Z',
  replyDueAt: '2026-03-03T02:00:00Z',
  digest: row().digest,
}

const apply = (entry: EntryRow, event: Event) => ({ ...entry, ...transition(entry, event) }) as EntryRow
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the backoff', () => {
  it('is uniform below a bound that doubles from two seconds to fifteen minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), dice, (attempts, random) => {
        const bound = Math.min(BACKOFF_CAP, BACKOFF_BASE * 2 ** (attempts - 1))
        const delay = retryDelay(attempts, random, undefined)
        expect(delay).toBe(random * bound)
        expect(delay).toBeLessThan(BACKOFF_CAP)
      }),
    )
    expect(retryDelay(1, 0.5, undefined)).toBe(1000)
    expect(retryDelay(4, 0.5, undefined)).toBe(8000)
    expect(retryDelay(2000, 0.5, undefined)).toBe(450_000)
  })

  it('never comes before Retry-After, at most a step after it, and never later than an hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        dice,
        fc.integer({ min: 0, max: RETRY_AFTER_CAP }),
        (attempts, random, asked) => {
          const delay = retryDelay(attempts, random, asked)
          expect(delay).toBeGreaterThanOrEqual(asked)
          expect(delay).toBeLessThanOrEqual(Math.min(RETRY_AFTER_CAP, asked + BACKOFF_BASE))
        },
      ),
    )
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-03-02T02:00:00Z')

  it('is read in seconds and as a date, up to an hour', () => {
    expect(parseRetryAfter('120', null, now)).toBe(120_000)
    expect(parseRetryAfter(' 0 ', null, now)).toBe(0)
    expect(parseRetryAfter('86400', null, now)).toBe(RETRY_AFTER_CAP)
    expect(parseRetryAfter('Mon, 02 Mar 2026 02:05:00 GMT', null, now)).toBe(300_000)
    expect(parseRetryAfter('Mon, 02 Mar 2026 01:05:00 GMT', null, now)).toBe(0)
    expect(parseRetryAfter('soon', null, now)).toBeUndefined()
    expect(parseRetryAfter(null, null, now)).toBeUndefined()
  })

  it('as a date is taken against the clock of the server, for that of the phone may be years off', () => {
    const phone = Date.parse('2019-01-01T00:00:00Z')
    expect(parseRetryAfter('Mon, 02 Mar 2026 02:05:00 GMT', 'Mon, 02 Mar 2026 02:00:00 GMT', phone)).toBe(300_000)
  })
})

describe('a request that waits', () => {
  const waits = (reason: WaitReason, state: State = 'unsent') =>
    row({ state, createdAt: 0, wait: { reason, since: 0 } })

  it('is called overdue after a day, unless it is the network that is missing', () => {
    for (const reason of ['unreachable', 'busy', 'notUnderstood', 'notAllowed'] as const) {
      expect(isOverdue(waits(reason), OVERDUE_AFTER - 1)).toBe(false)
      for (const state of ['unsent', 'attaching', 'withdrawing'] as const)
        expect(isOverdue(waits(reason, state), OVERDUE_AFTER)).toBe(true)
    }
    expect(isOverdue(waits('offline'), OVERDUE_AFTER * 9)).toBe(false)
    expect(isOverdue(waits('busy', 'delivered'), OVERDUE_AFTER * 9)).toBe(false)
    expect(isOverdue(waits('busy'), -OVERDUE_AFTER)).toBe(false)
  })

  it.each<[string, Event]>([
    ['taken back', { type: 'withdraw', at: LATER }],
    ['lost by the server', { type: 'lost', at: LATER, delay: 0, left: 0, gone: [] }],
    ['found to lack files there', { type: 'partsMissing', at: LATER, left: 1, gone: [] }],
  ])('is overdue a day after it was %s, however long ago it was submitted and delivered', (_what, event) => {
    const busy: Event = { type: 'retry', at: LATER, reason: 'busy', delay: 0 }
    const delivered = row({ state: 'delivered', createdAt: 0, receipt: RECEIPT })
    const waiting = [event, { type: 'attempt', at: LATER } as const, busy].reduce(apply, delivered)
    expect(waiting.wait?.reason).toBe('busy')
    expect(isOverdue(waiting, LATER + OVERDUE_AFTER - 1)).toBe(false)
    expect(isOverdue(waiting, LATER + OVERDUE_AFTER)).toBe(true)
  })

  it('has waited since it was submitted when the server is restored before its files are there', () => {
    const attaching = row({ state: 'attaching', createdAt: 0, receipt: RECEIPT })
    const lost = apply(attaching, { type: 'lost', at: LATER, delay: 0, left: 1, gone: [] })
    expect(isOverdue({ ...lost, wait: { reason: 'busy', since: LATER } }, LATER)).toBe(true)
  })
})

describe('what is due', () => {
  const NOW = 1_000_000_000_000
  const waiting = (reason: WaitReason, next?: number) =>
    row({ state: 'unsent', wait: { reason, since: NOW, ...(next === undefined ? {} : { nextAttemptAt: next }) } })

  it.each<[WaitReason, Urgency, boolean]>([
    ['new', 'due', false],
    ['offline', 'due', false],
    ['busy', 'due', false],
    ['offline', 'contact', true],
    ['unreachable', 'contact', true],
    ['notUnderstood', 'contact', true],
    ['busy', 'contact', false],
    ['busy', 'now', true],
    ['notUnderstood', 'now', true],
  ])('of one that waits (%s) for later, when looked at as %s: %s', (reason, urgency, due) => {
    expect(isDue(waiting(reason, NOW + 5000), NOW + 1, urgency)).toBe(due)
  })

  it('is whatever has waited long enough, or was found at sending', () => {
    expect(isDue(waiting('busy', NOW + 5000), NOW + 5000, 'due')).toBe(true)
    expect(isDue(row({ state: 'sending' }), NOW, 'due')).toBe(true)
    expect(isDue(waiting('new'), NOW, 'due')).toBe(true)
  })

  it('is never a settled one', () => {
    for (const state of ['delivered', 'refused', 'withdrawn'] as const)
      expect(isDue(row({ state }), NOW, 'now')).toBe(false)
  })

  it('is one whose time the clock has jumped away from, either way', () => {
    const entry = waiting('busy', NOW + 5000)
    expect(isDue(entry, NOW - 365 * 86_400_000, 'due')).toBe(true)
    expect(isDue(entry, NOW - 600_000, 'due')).toBe(true)
    expect(isDue(entry, NOW + 365 * 86_400_000, 'due')).toBe(true)
    expect(isDue(waiting('busy', NOW + RETRY_AFTER_CAP + 1), NOW, 'due')).toBe(true)
  })

  it('is after a pause only at contact', () => {
    const entry = waiting('notAllowed')
    expect(isPaused([row({ state: 'delivered' }), entry])).toBe(true)
    expect([isDue(entry, NOW, 'due'), isDue(entry, NOW, 'contact'), isDue(entry, NOW, 'now')]).toEqual([
      false,
      true,
      true,
    ])
    expect(untilNext([entry, waiting('offline', NOW + 9)], () => NOW)).toBeUndefined()
  })

  it('wakes a timer in time, never in a busy loop, never later than an hour', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1 }), (offsets) => {
        const wait = untilNext(
          offsets.map((offset) => waiting('busy', NOW + offset)),
          () => NOW,
        )
        expect(wait).toBe(Math.min(RETRY_AFTER_CAP, Math.max(SHORTEST_TIMER, Math.min(...offsets))))
      }),
    )
    expect(untilNext([row({ state: 'delivered' })], () => NOW)).toBeUndefined()
  })
})
