import * as v from 'valibot'
import { IsoInstant, Sha256Hex } from '../text.ts'
import { SubmissionId } from './subject.ts'
import { ReceiptNo } from './receipt.ts'

/** How far a request has come, in order; 已撤回 is the person's own end of it. */
const INQUIRY_STATES = ['已送达', '已受理', '已联系', '考察', '洽谈', '签约', '结束', '已撤回'] as const
export type InquiryState = (typeof INQUIRY_STATES)[number]

/** States an officer may set. */
export const OFFICER_STATES = ['已受理', '已联系', '考察', '洽谈', '签约', '结束'] as const
export type OfficerState = (typeof OFFICER_STATES)[number]

/** The answer to `GET` and `DELETE /api/inquiries/{submissionId}`. */
export const InquiryStatusSchema = v.object({
  submissionId: SubmissionId,
  receiptNo: ReceiptNo,
  state: v.picklist(INQUIRY_STATES),
  receivedAt: IsoInstant,
  replyDueAt: IsoInstant,
  /** Oldest first; the first entry is 已送达. */
  timeline: v.array(v.object({ state: v.picklist(INQUIRY_STATES), at: IsoInstant })),
  /** Files that have not come, or not whole, by digest; absent when there are none, and once the request is withdrawn. */
  missingParts: v.optional(v.array(Sha256Hex)),
})
export type InquiryStatus = v.InferOutput<typeof InquiryStatusSchema>

/** Whether a request can still change: an ended one stays as it is. */
export function isFinal(state: InquiryState): boolean {
  return state === '结束' || state === '已撤回'
}
