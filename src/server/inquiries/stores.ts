import type { AttachmentStore } from '../attachments/store.ts'
import type { Database } from '../db/database.ts'

/** Where inquiries are kept: what was written in the database, the bytes of their files beside it. */
export interface InquiryStores {
  database: Database
  attachments: AttachmentStore
}
