import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import type { EntryRow, Refusal, State, Wait, WaitReason } from './rows.ts'

/** What a transition writes; a field that is undefined is taken out. */
export type Change = Partial<{ [K in keyof EntryRow]: EntryRow[K] | undefined }> & { state: State }

/**
 * How long after a `PUT` the server's "I do not hold it" is not yet final, in ms: twice the time limit of a request, for
 * bytes that we gave up on may still be on their way.
 */
export const LATE_ARRIVAL = 60_000

export const putLeaves = (entry: EntryRow, { at }: { at: number }): Change => ({
  state: 'sending',
  attempts: entry.attempts + 1,
  lastPutAt: at,
})
/** The number that a restored server gives stands beside those from before, of which the person may have noted one. */
export function withReceipt(entry: EntryRow, receipt: Receipt): Pick<Change, 'receipt' | 'earlierReceiptNos'> {
  const before = [...(entry.earlierReceiptNos ?? []), ...(entry.receipt === undefined ? [] : [entry.receipt.receiptNo])]
  const others = before.filter((number) => number !== receipt.receiptNo)
  return { receipt, earlierReceiptNos: others.length === 0 ? undefined : others }
}
/** Stored is delivered only when there is no file left to send. */
export const toStored = (entry: EntryRow, { receipt }: { receipt: Receipt }): Change => ({
  state: entry.partsLeft === 0 ? 'delivered' : 'attaching',
  // Answered: nothing of it is on its way any more.
  lastPutAt: undefined,
  ...withReceipt(entry, receipt),
  wait: undefined,
  refusal: undefined,
})
export const toAttaching = (_entry: EntryRow, { left }: { left: number }): Change => ({
  state: left === 0 ? 'delivered' : 'attaching',
  attempts: 0,
  partsLeft: left,
  wait: undefined,
})
/** What is not on this phone any more cannot be sent: it stays delivered, and the screen says without what. */
export const toAttachingAgain = (entry: EntryRow, event: { at: number; left: number; gone: string[] }): Change => ({
  ...toAttaching(entry, event),
  pendingSince: event.at,
  partsGone: event.gone,
})
/** The server holds the request without them: a person must give them anew. */
export const toIncomplete = (_entry: EntryRow, { gone }: { gone: string[] }): Change => ({
  state: 'refused',
  refusal: { status: 0, title: '', errors: [] },
  partsGone: gone,
  wait: undefined,
})
/** Offered again with its receipt, by which the server takes it back under the same number. */
export const toUnsent = (
  entry: EntryRow,
  { at, delay, left, gone }: { at: number; delay: number; left: number; gone: string[] },
): Change => ({
  state: 'unsent',
  // One whose files were still on their way has waited all along.
  pendingSince: entry.state === 'delivered' ? at : entry.pendingSince,
  partsLeft: left,
  partsGone: gone,
  wait: { reason: 'new', nextAttemptAt: at + delay, since: at },
})
export const toRefused = (_entry: EntryRow, { refusal }: { refusal: Refusal }): Change => ({
  state: 'refused',
  refusal,
  wait: undefined,
})
export const waiting =
  (state: State) =>
  (_entry: EntryRow, event: { at: number; reason: WaitReason; delay: number }): Change => ({
    state,
    wait: { reason: event.reason, nextAttemptAt: event.at + event.delay, since: event.at },
  })
export const paused =
  (state: State) =>
  (_entry: EntryRow, { at }: { at: number }): Change => ({
    state,
    wait: { reason: 'notAllowed', since: at },
  })
export const toWithdrawing = (_entry: EntryRow, { at }: { at: number }): Change => ({
  state: 'withdrawing',
  pendingSince: at,
  wait: { reason: 'new', since: at },
})
export const ended = (_entry: EntryRow, { at }: { at: number }): Change => ({
  state: 'withdrawn',
  wait: undefined,
  withdrawnAt: at,
})
/** Seen again of one that is withdrawn already, it stays as old as it is. */
export const toWithdrawn = (entry: EntryRow, event: { at: number; status: InquiryStatus }): Change => ({
  ...withStatus('withdrawn')(entry, event),
  withdrawnAt: entry.state === 'withdrawn' ? entry.withdrawnAt : event.at,
})
export const withStatus =
  (state: State) =>
  (_entry: EntryRow, event: { at: number; status: InquiryStatus }): Change => ({
    state,
    status: event.status,
    statusCheckedAt: event.at,
    wait: undefined,
  })

export function mayStillArrive(entry: EntryRow, at: number): boolean {
  if (entry.lastPutAt === undefined) return false
  const age = at - entry.lastPutAt
  return age >= 0 && age < LATE_ARRIVAL
}

export function untilArrived(entry: EntryRow, at: number): Wait {
  return { reason: 'new', nextAttemptAt: (entry.lastPutAt ?? at) + LATE_ARRIVAL, since: at }
}
