import type { InquiryStatus } from '#domain/inquiry/status.ts'
import type { Database } from '../db/database.ts'
import type { InquiryStores } from './stores.ts'
import { statusOf, withdraw } from './timeline.ts'
import { keyFits } from './tracking-key.ts'

/**
 * What the holder of the tracking key may see.
 * @returns undefined for an unknown inquiry and for a wrong key alike
 */
export async function readOwn(
  { db }: Database,
  submissionId: string,
  key: string | undefined,
): Promise<InquiryStatus | undefined> {
  const row = await db
    .selectFrom('inquiry')
    .select('key_hash')
    .where('submission_id', '=', submissionId)
    .executeTakeFirst()
  return keyFits(key, row?.key_hash) ? statusOf(db, submissionId) : undefined
}

/**
 * 撤回: erases what the person wrote, and keeps digest and receipt, so that a late retry still gets the same answer. Doing
 * it again changes nothing. An ended inquiry can be withdrawn as well (个人信息保护法 art. 47).
 * @param now milliseconds since 1970 (UTC)
 * @returns undefined for an unknown inquiry and for a wrong key alike
 * @throws AttachmentStoreError when it is withdrawn, and its files are still there: they go with the next sweep
 */
export async function withdrawOwn(
  { database, attachments }: InquiryStores,
  submissionId: string,
  key: string | undefined,
  now: number,
): Promise<InquiryStatus | undefined> {
  if ((await readOwn(database, submissionId, key)) === undefined) return undefined
  const { blobs, status } = await database.db.transaction().execute(async (trx) => ({
    blobs: await withdraw(trx, submissionId, now),
    status: await statusOf(trx, submissionId),
  }))
  await attachments.drop(blobs)
  return status
}
