import type { Receipt } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import type { Refusal, WaitReason } from './rows.ts'

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
  /** The server does not hold what it gave a receipt for: it was restored from an old backup. So many files can be sent again; `gone` cannot. */
  | { type: 'lost'; at: number; delay: number; left: number; gone: string[] }
  /** A piece of a file arrived; so many files are not there yet. */
  | { type: 'partSent'; at: number; left: number }
  /** The server says that files are missing which it had: so many can be sent again; `gone` cannot. */
  | { type: 'partsMissing'; at: number; left: number; gone: string[] }
  /** A file left to send is damaged on this phone, or none that is left can be read on it. */
  | { type: 'partsUnreadable'; at: number; gone: string[] }
