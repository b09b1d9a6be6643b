import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import { type EntryRow, type State, STATES } from '#outbox/rows.ts'
import { type Event, LATE_ARRIVAL, transition, TRANSITIONS } from '#outbox/transitions.ts'
import { row } from './support/row.ts'

const AT = 1_000_000
const receipt: Receipt = {
  submissionId: row().id,
  receiptNo: 'LD-7K3M-9QXW',
  receivedAt: '2026-03-02T02:00:00Z',
  replyDueAt: '2026-03-03T02:00:00Z',
  digest: row().digest,
}
const status: InquiryStatus = { ...receipt, state: '已受理', timeline: [] }
const refusal = { status: 422, title: '', errors: [] }
const EVENTS: { [T in Event['type']]: Extract<Event, { type: T }> } = {
  attempt: { type: 'attempt', at: AT },
  stored: { type: 'stored', at: AT, receipt },
  refused: { type: 'refused', at: AT, refusal },
  notAllowed: { type: 'notAllowed', at: AT },
  retry: { type: 'retry', at: AT, reason: 'unreachable', delay: 5 },
  statusSeen: { type: 'statusSeen', at: AT, status },
  withdraw: { type: 'withdraw', at: AT },
  withdrawnSeen: { type: 'withdrawnSeen', at: AT, status: { ...status, state: '已撤回' } },
  withdrawalDeclined: { type: 'withdrawalDeclined', at: AT, status },
  notThere: { type: 'notThere', at: AT },
}
const TYPES = Object.keys(EVENTS) as Event['type'][]

/** Where each event leads, as a person reads the rule; `-` = nothing happens. */
const EXPECTED: Record<State, string> = {
  //          attempt     stored      refused   notAllowed  retry       statusSeen withdraw    withdrawnSeen declined  notThere
  unsent: 'sending     delivered   refused   -           -           -          withdrawing withdrawn     -         -',
  sending: 'sending     delivered   refused   unsent      unsent      -          withdrawing withdrawn     -         -',
  delivered:
    '-           -           -         -           -           delivered  withdrawing withdrawn     -         -',
  refused: '-           delivered   -         -           -           -          withdrawn   withdrawn     -         -',
  withdrawing:
    'withdrawing withdrawing withdrawn withdrawing withdrawing -          -           withdrawn     delivered withdrawn',
  withdrawn:
    '-           withdrawing -         -           -           -          -           withdrawn     -         -',
}

const cases = STATES.flatMap((state) =>
  TYPES.map((type, index) => [state, type, EXPECTED[state].split(/\s+/)[index] ?? ''] as const),
)

const apply = (entry: EntryRow, event: Event) => ({ ...entry, ...transition(entry, event) }) as EntryRow

describe('the table of transitions', () => {
  it('has every state and every event', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...STATES].sort())
    for (const state of STATES) expect(Object.keys(TRANSITIONS[state]).sort()).toEqual([...TYPES].sort())
  })

  it.each(cases)('%s, %s → %s', (state, type, next) => {
    const change = transition(row({ state, attempts: 1, lastPutAt: AT - LATE_ARRIVAL }), EVENTS[type])
    expect(change?.state ?? '-').toBe(next)
  })

  it('never forgets a receipt, and never sends again what is settled', () => {
    const events = fc.array(fc.constantFrom(...Object.values(EVENTS)), { maxLength: 30 })
    fc.assert(
      fc.property(events, (sequence) => {
        let entry = row()
        for (const event of sequence) {
          const next = apply(entry, event)
          if (entry.receipt !== undefined) expect(next.receipt).toEqual(entry.receipt)
          if (entry.receipt !== undefined) expect(['delivered', 'withdrawing', 'withdrawn']).toContain(next.state)
          if (next.state === 'delivered') expect(next.receipt ?? next.status).toBeDefined()
          if (next.state === 'sending') expect(['unsent', 'sending']).toContain(entry.state)
          expect([next.id, next.body, next.digest, next.trackingKey]).toEqual([
            entry.id,
            entry.body,
            entry.digest,
            entry.trackingKey,
          ])
          entry = next
        }
      }),
    )
  })

  it('withdraws on the spot what was never attempted', () => {
    expect(transition(row({ attempts: 0 }), EVENTS.withdraw)?.state).toBe('withdrawn')
  })

  it('does not take "not there" for the last word while bytes may still be on their way', () => {
    const sent = row({ state: 'withdrawing', attempts: 1, lastPutAt: AT - 1000 })
    const later = apply(sent, EVENTS.notThere)
    expect(later.state).toBe('withdrawing')
    expect(later.wait?.nextAttemptAt).toBe(AT - 1000 + LATE_ARRIVAL)
    expect(apply(later, { type: 'notThere', at: AT - 1000 + LATE_ARRIVAL }).state).toBe('withdrawn')
  })

  it('withdraws again what arrived after the server had said that it held nothing', () => {
    expect(apply(row({ state: 'withdrawn', attempts: 1 }), EVENTS.stored)).toMatchObject({
      state: 'withdrawing',
      receipt,
    })
  })
})
