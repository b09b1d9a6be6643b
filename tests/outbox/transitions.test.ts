import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import { type EntryRow, type State, STATES } from '#outbox/rows.ts'
import { LATE_ARRIVAL } from '#outbox/change.ts'
import type { Event } from '#outbox/event.ts'
import { transition, TRANSITIONS } from '#outbox/transitions.ts'
import SPEC from '../../src/outbox/SPEC.md?raw'
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
  lost: { type: 'lost', at: AT, delay: 5, left: 0, gone: [] },
  partSent: { type: 'partSent', at: AT, left: 1 },
  partsMissing: { type: 'partsMissing', at: AT, left: 1, gone: [] },
  partsUnreadable: { type: 'partsUnreadable', at: AT, gone: ['a'.repeat(64)] },
}
const TYPES = Object.keys(EVENTS) as Event['type'][]

/** Where each event leads, by the table of the specification; `·` = nothing happens. Footnotes have tests of their own. */
const cases = SPEC.split('\n## The table')[1]!
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replace(/[`¹²³⁴⁵⁶⁷⁸⁹]/g, '').trim()),
  )
  .flatMap(([state, ...cells], row, [head]) =>
    row < 2 ? [] : cells.map((next, column) => [state as State, head![column + 1] as Event['type'], next] as const),
  )

const apply = (entry: EntryRow, event: Event) => ({ ...entry, ...transition(entry, event) }) as EntryRow

describe('the table of transitions', () => {
  it('has every state and every event', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...STATES].sort())
    for (const state of STATES) expect(Object.keys(TRANSITIONS[state]).sort()).toEqual([...TYPES].sort())
    expect(cases).toHaveLength(STATES.length * TYPES.length)
  })

  it.each(cases)('%s, %s → %s', (state, type, next) => {
    const change = transition(row({ state, attempts: 1, lastPutAt: AT - LATE_ARRIVAL }), EVENTS[type])
    expect(change?.state ?? '·').toBe(next)
  })

  it('never forgets a receipt, and sends again what is stored only when the server has lost it', () => {
    // A restored server that cannot take a number back gives another.
    const renumbered = { ...EVENTS.stored, receipt: { ...receipt, receiptNo: 'LD-2222-2222' } }
    const all = [...Object.values(EVENTS), { ...EVENTS.partSent, left: 0 }, renumbered]
    const events = fc.array(fc.constantFrom(...all), { maxLength: 30 })
    const numbersOf = (entry: EntryRow) => [...(entry.earlierReceiptNos ?? []), entry.receipt?.receiptNo]
    fc.assert(
      fc.property(events, fc.nat(2), (sequence, partsLeft) => {
        let entry = row({ partsLeft })
        for (const event of sequence) {
          const next = apply(entry, event)
          expect(numbersOf(next)).toEqual(expect.arrayContaining(numbersOf(entry).filter((one) => one !== undefined)))
          expect(new Set(numbersOf(next)).size).toBe(numbersOf(next).length)
          if (event.type !== 'stored') expect(next.receipt).toEqual(entry.receipt)
          const isToBeSent = ({ state }: EntryRow) => state === 'unsent' || state === 'sending'
          const isOfferedAgain = event.type === 'lost' || (event.type === 'withdrawalDeclined' && !entry.receipt)
          if (isToBeSent(next)) expect(isToBeSent(entry) || isOfferedAgain).toBe(true)
          if (next.state === 'delivered') expect(next.receipt).toBeDefined()
          if (next.state === 'delivered') expect(next.partsLeft).toBe(0)
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

  it('is not delivered while a file is missing', () => {
    const stored = apply(row({ state: 'sending', partsLeft: 2 }), EVENTS.stored)
    expect(stored.state).toBe('attaching')
    expect(apply(stored, { ...EVENTS.partSent, left: 1 }).state).toBe('attaching')
    expect(apply(stored, { ...EVENTS.partSent, left: 0 })).toMatchObject({ state: 'delivered', partsLeft: 0, receipt })
  })

  it('stays delivered without the files that the server lacks and this phone has no more, and says so', () => {
    const gone = ['a'.repeat(64)]
    const delivered = row({ state: 'delivered', receipt })
    expect(apply(delivered, { ...EVENTS.partsMissing, left: 0, gone })).toMatchObject({
      state: 'delivered',
      partsGone: gone,
    })
    expect(apply(delivered, { ...EVENTS.partsMissing, gone })).toMatchObject({ state: 'attaching', partsGone: gone })
  })

  it('asks the server to take back what it holds without a file that it refused', () => {
    const refused = apply(row({ state: 'attaching', receipt }), EVENTS.refused)
    expect(apply(refused, EVENTS.withdraw).state).toBe('withdrawing')
    expect(apply(apply(refused, EVENTS.withdraw), EVENTS.refused).state).toBe('withdrawing')
  })

  it('asks a server that has lost a request to take it back, for it may have it again', () => {
    const lost = apply(row({ state: 'delivered', receipt }), EVENTS.lost)
    expect(lost).toMatchObject({ state: 'unsent', receipt, wait: { reason: 'new', nextAttemptAt: AT + 5 } })
    expect(apply(lost, EVENTS.withdraw).state).toBe('withdrawing')
  })

  it('calls delivered what the server does not give back only when there is a receipt', () => {
    expect(apply(row({ state: 'withdrawing', receipt }), EVENTS.withdrawalDeclined).state).toBe('delivered')
    const unproven = apply(row({ state: 'withdrawing', attempts: 1 }), EVENTS.withdrawalDeclined)
    expect(unproven).toMatchObject({ state: 'unsent', wait: { nextAttemptAt: AT } })
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
