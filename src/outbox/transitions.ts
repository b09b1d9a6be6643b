import {
  type Change,
  ended,
  mayStillArrive,
  paused,
  putLeaves,
  toAttaching,
  toAttachingAgain,
  toIncomplete,
  toRefused,
  toStored,
  toUnsent,
  toWithdrawing,
  toWithdrawn,
  untilArrived,
  waiting,
  withReceipt,
  withStatus,
} from './change.ts'
import type { Event } from './event.ts'
import type { EntryRow, State } from './rows.ts'

type Cell<E extends Event> = null | ((entry: EntryRow, event: E) => Change)
type Table = Record<State, { [T in Event['type']]: Cell<Extract<Event, { type: T }>> }>

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
      entry.attempts === 0 && entry.receipt === undefined ? ended(entry, event) : toWithdrawing(entry, event),
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
    partsUnreadable: null,
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
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
    partsUnreadable: null,
  },
  attaching: {
    attempt: (entry, { at }) => ({ state: 'attaching', attempts: entry.attempts + 1, lastPutAt: at, wait: undefined }),
    stored: null,
    refused: toRefused,
    notAllowed: paused('attaching'),
    retry: waiting('attaching'),
    statusSeen: null,
    withdraw: toWithdrawing,
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: toUnsent,
    partSent: toAttaching,
    partsMissing: null,
    partsUnreadable: toIncomplete,
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
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: toUnsent,
    partSent: null,
    partsMissing: toAttachingAgain,
    partsUnreadable: null,
  },
  refused: {
    attempt: null,
    stored: toStored,
    refused: null,
    notAllowed: null,
    retry: null,
    statusSeen: null,
    // With a receipt the server holds it, without the file that it refused.
    withdraw: (entry, event) => (entry.receipt === undefined ? ended(entry, event) : toWithdrawing(entry, event)),
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
    partsUnreadable: null,
  },
  withdrawing: {
    attempt: (entry) => ({ state: 'withdrawing', attempts: entry.attempts + 1 }),
    stored: (entry, { receipt }) => ({ state: 'withdrawing', ...withReceipt(entry, receipt) }),
    // A refused file says nothing about the request that it belongs to.
    refused: (entry, event) => (entry.receipt === undefined ? ended(entry, event) : { state: 'withdrawing' }),
    notAllowed: paused('withdrawing'),
    retry: waiting('withdrawing'),
    statusSeen: null,
    withdraw: null,
    withdrawnSeen: toWithdrawn,
    // It stands. Without a receipt nothing is proven: it is offered once more, and the server answers with that.
    withdrawalDeclined: (entry, event) =>
      entry.receipt === undefined
        ? { ...withStatus('unsent')(entry, event), wait: { reason: 'new', nextAttemptAt: event.at, since: event.at } }
        : withStatus(entry.partsLeft === 0 ? 'delivered' : 'attaching')(entry, event),
    notThere: (entry, { at }) =>
      mayStillArrive(entry, at) ? { state: 'withdrawing', wait: untilArrived(entry, at) } : ended(entry, { at }),
    lost: null,
    partSent: null,
    partsMissing: null,
    partsUnreadable: null,
  },
  withdrawn: {
    attempt: null,
    // An attempt given up on was stored after all, after the server had said that it held nothing.
    stored: (entry, event) => ({
      ...(entry.status === undefined ? toWithdrawing(entry, event) : { state: 'withdrawn' as const }),
      ...withReceipt(entry, event.receipt),
    }),
    refused: null,
    notAllowed: null,
    retry: null,
    // A server restored from a backup stands where it stood before the withdrawal: it is taken back once more.
    statusSeen: toWithdrawing,
    withdraw: null,
    withdrawnSeen: toWithdrawn,
    withdrawalDeclined: null,
    notThere: null,
    lost: null,
    partSent: null,
    partsMissing: null,
    partsUnreadable: null,
  },
}

/** What an event does to a request; undefined when it does nothing. */
export function transition(entry: EntryRow, event: Event): Change | undefined {
  const cell = TRANSITIONS[entry.state][event.type] as Cell<Event>
  return cell?.(entry, event)
}
