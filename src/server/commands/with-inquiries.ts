import { openAttachments } from '../attachments/open.ts'
import { attachmentSettings, readEnv } from '../env.ts'
import type { InquiryStores } from '../inquiries/stores.ts'
import { withDatabase } from './with-database.ts'

/**
 * Does something with inquiries and their files, while the server may be running.
 * @throws StartupError when the database or the folder of the files cannot be opened
 */
export async function withInquiries<T>(work: (stores: InquiryStores) => Promise<T>): Promise<T> {
  const attachments = openAttachments(attachmentSettings(readEnv(process.env)))
  return withDatabase((database) => work({ database, attachments }))
}
