import type { ContactInquiry, InquiryType, SettlementInquiry } from '#domain/inquiry/inquiry.ts'
import type { InquiryState } from '#domain/inquiry/status.ts'
import type { PartRow } from '../db/schema.ts'
import type { FileCount } from './part-rows.ts'

/** A file of an inquiry, come or not. */
export type AnnouncedFile = PartRow

/** What the person wrote, without the key that only they hold. */
export type Letter = Omit<ContactInquiry, 'trackingKey'> | Omit<SettlementInquiry, 'trackingKey'>

/** An inquiry in the officer's list. Times in milliseconds since 1970 (UTC). */
export interface InquirySummary {
  submissionId: string
  receiptNo: string
  type: InquiryType
  state: InquiryState
  receivedAt: number
  replyDueAt: number
  /** Of the files that it announced; none once withdrawn or erased. */
  files: FileCount
  /** Undefined once withdrawn, or erased two years after its end, for nothing of it is kept; and where it is `unreadable`. */
  letter: Letter | undefined
  /** What was written, as text, where this version cannot read it. */
  unreadable: string | undefined
}
