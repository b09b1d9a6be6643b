import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import type { EntryRow, Refusal, State, Wait, WaitReason } from './rows.ts'

/** What can happen to a request. `at` is the phone's clock in ms, `delay` ms. */
export type Event =
  /** A `PUT` (or the `DELETE` of one being withdrawn) is about to leave. */
  | { type: 'attempt'; at: number }
  | { type: 'stored'; at: number; receipt: Receipt }
  | { type: 'refused'; at: number; refusal: Refusal }
  | { type: 'notAllowed'; at: number }
  | { type: 'retry'; at: number; reason: Exclude<WaitReason, 'notAllowed'>; delay: number }
  | { type: 'statusSeen'; at: number; status: InquiryStatus }
  /** The person takes it back. */
  | { type: 'withdraw'; at: number }
  | { type: 'withdrawnSeen'; at: number; status: InquiryStatus }
  /** The server answered a withdrawal with another state: the request stands. */
  | { type: 'withdrawalDeclined'; at: number; status: InquiryStatus }
  /** The server does not hold what is to be withdrawn. */
  | { type: 'notThere'; at: number }
  /** The server does not hold what it gave a receipt for: it was restored from an old backup. So many files can be sent again. */
  | { type: 'lost'; at: number; delay: number; left: number }
  /** A piece of a file arrived; so many files are not there yet. */
  | { type: 'partSent'; at: number; left: number }
  /** The server says that files are missing which it had: so many can be sent again. */
  | { type: 'partsMissing'; at: number; left: number }

/** What a transition writes; a field that is undefined is taken out. */
export type Change = Partial<{ [K in keyof EntryRow]: EntryRow[K] | undefined }> & { state: State }

type Cell<E extends Event> = null | ((entry: EntryRow, event: E) => Change)
type Table = Record<State, { [T in Event['type']]: Cell<Extract<Event, { type: T }>> }>

/**
 * How long after a `PUT` the server's "I do not hold it" is not yet final, in ms: twice the time limit of a request, for
 * bytes that we gave up on may still be on their way.
 */
export const LATE_ARRIVAL = 60_000

const putLeaves = (entry: EntryRow, { at }: { at: number }): Change => ({
  state: 'sending',
  attempts: entry.attempts + 1,
  lastPutAt: at,
})
/** Stored is delivered only when there is no file left to send. */
const toStored = (entry: EntryRow, { receipt }: { receipt: Receipt }): Change => ({
  state: entry.partsLeft === 0 ? 'delivered' : 'attaching',
  // Answered: nothing of it is on its way any more.
  lastPutAt: undefined,
  receipt,
  wait: undefined,
  refusal: undefined,
})
const toAttaching = (_entry: EntryRow, { left }: { left: number }): Change => ({
  state: left === 0 ? 'delivered' : 'attaching',
  attempts: 0,
  partsLeft: left,
  wait: undefined,
})
/** Offered again with its receipt, by which the server takes it back under the same number. */
const toUnsent = (_entry: EntryRow, { at, delay, left }: { at: number; delay: number; left: number }): Change => ({
  state: 'unsent',
  partsLeft: left,
  wait: { reason: 'new', nextAttemptAt: at + delay, since: at },
})
const toRefused = (_entry: EntryRow, { refusal }: { refusal: Refusal }): Change => ({
  state: 'refused',
  refusal,
  wait: undefined,
})
const waiting =
  (state: State) =>
  (_entry: EntryRow, event: { at: number; reason: WaitReason; delay: number }): Change => ({
    state,
    wait: { reason: event.reason, nextAttemptAt: event.at + event.delay, since: event.at },
  })
const paused =
  (state: State) =>
  (_entry: EntryRow, { at }: { at: number }): Change => ({
    state,
    wait: { reason: 'notAllowed', since: at },
  })
const toWithdrawing = (_entry: EntryRow, { at }: { at: number }): Change => ({
  state: 'withdrawing',
  wait: { reason: 'new', since: at },
})
const ended = (): Change => ({ state: 'withdrawn', wait: undefined })
const withStatus =
  (state: State) =>
  (_entry: EntryRow, event: { at: number; status: InquiryStatus }): Change => ({
    state,
    status: event.status,
    statusCheckedAt: event.at,
    wait: undefined,
  })

/** Every state against every event; `null` = nothing changes. A missing cell does not compile. */
export const TRANSITIONS: Table = {
  unsent: {
    attempt: putLeaves,
    // Answers to the attempt of another tab, which has given up meanwhile: proof counts whenever it comes.
    stored: toStored,
    refused: toRefused,
    notAllowed: null,
    retry: null,
    statusSeen: null,
    // Never attempted: no server can have it. Otherwise one may, and must be asked.
    withdraw: (entry, event) =>
      entry.attempts === 0 && entry.receipt === undefined ? ended() : toWithdrawing(entry, event),
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
  },
  sending: {
    // Found so by a sender: the one before it crashed.
    attempt: putLeaves,
    stored: toStored,
    refused: toRefused,
    notAllowed: paused('unsent'),
    retry: waiting('unsent'),
    statusSeen: null,
    withdraw: toWithdrawing,
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
  },
  attaching: {
    attempt: (entry, { at }) => ({ state: 'attaching', attempts: entry.attempts + 1, lastPutAt: at, wait: undefined }),
    stored: null,
    refused: toRefused,
    notAllowed: paused('attaching'),
    retry: waiting('attaching'),
    statusSeen: null,
    withdraw: toWithdrawing,
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: toUnsent,
    partSent: toAttaching,
    partsMissing: null,
  },
  delivered: {
    attempt: null,
    stored: null,
    // What is stored stays stored, whatever a second attempt was told.
    refused: null,
    notAllowed: null,
    retry: null,
    statusSeen: withStatus('delivered'),
    withdraw: toWithdrawing,
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: toUnsent,
    partSent: null,
    partsMissing: toAttaching,
  },
  refused: {
    attempt: null,
    stored: toStored,
    refused: null,
    notAllowed: null,
    retry: null,
    statusSeen: null,
    // With a receipt the server holds it, without the file that it refused.
    withdraw: (entry, event) => (entry.receipt === undefined ? ended() : toWithdrawing(entry, event)),
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
  },
  withdrawing: {
    attempt: (entry) => ({ state: 'withdrawing', attempts: entry.attempts + 1 }),
    stored: (_entry, { receipt }) => ({ state: 'withdrawing', receipt }),
    // A refused file says nothing about the request that it belongs to.
    refused: (entry) => (entry.receipt === undefined ? ended() : { state: 'withdrawing' }),
    notAllowed: paused('withdrawing'),
    retry: waiting('withdrawing'),
    statusSeen: null,
    withdraw: null,
    withdrawnSeen: withStatus('withdrawn'),
    // It stands. Without a receipt nothing is proven: it is offered once more, and the server answers with that.
    withdrawalDeclined: (entry, event) =>
      entry.receipt === undefined
        ? { ...withStatus('unsent')(entry, event), wait: { reason: 'new', nextAttemptAt: event.at, since: event.at } }
        : withStatus(entry.partsLeft === 0 ? 'delivered' : 'attaching')(entry, event),
    notThere: (entry, { at }) =>
      mayStillArrive(entry, at) ? { state: 'withdrawing', wait: untilArrived(entry, at) } : ended(),
    lost: null,
    partSent: null,
    partsMissing: null,
  },
  withdrawn: {
    attempt: null,
    // An attempt given up on was stored after all, after the server had said that it held nothing.
    stored: (entry, event) => ({
      ...(entry.status === undefined ? toWithdrawing(entry, event) : ended()),
      receipt: event.receipt,
    }),
    refused: null,
    notAllowed: null,
    retry: null,
    statusSeen: null,
    withdraw: null,
    withdrawnSeen: withStatus('withdrawn'),
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
  },
}

/** What an event does to a request; undefined when it does nothing. */
export function transition(entry: EntryRow, event: Event): Change | undefined {
  const cell = TRANSITIONS[entry.state][event.type] as Cell<Event>
  return cell?.(entry, event)
}

function mayStillArrive(entry: EntryRow, at: number): boolean {
  if (entry.lastPutAt === undefined) return false
  const age = at - entry.lastPutAt
  return age >= 0 && age < LATE_ARRIVAL
}

function untilArrived(entry: EntryRow, at: number): Wait {
  return { reason: 'new', nextAttemptAt: (entry.lastPutAt ?? at) + LATE_ARRIVAL, since: at }
}
