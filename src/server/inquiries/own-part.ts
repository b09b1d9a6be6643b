import type { Database } from '../db/database.ts'
import type { PartRow } from '../db/schema.ts'
import { findPart } from './part-rows.ts'
import { keyFits } from './tracking-key.ts'

/**
 * The file that the holder of the tracking key sends.
 * @returns `unknown` for an unknown inquiry, a wrong key and a file that was not announced alike; `erased` when nothing of the
 *   inquiry is kept any more, whatever the file
 */
export async function findOwnPart(
  { db }: Database,
  submissionId: string,
  key: string | undefined,
  sha256: string,
): Promise<PartRow | 'unknown' | 'erased'> {
  // Before the inquiry: a file that 撤回 took away meanwhile is then seen to be erased, and not taken for one never announced.
  const isDigest = /^[0-9a-f]{64}$/.test(sha256)
  const part = isDigest ? await findPart(db, { submission_id: submissionId, sha256 }) : undefined
  const row = await db
    .selectFrom('inquiry')
    .select(['key_hash', ({ eb }) => eb('body', 'is', null).as('erased')])
    .where('submission_id', '=', submissionId)
    .executeTakeFirst()
  if (!keyFits(key, row?.key_hash)) return 'unknown'
  if (row?.erased) return 'erased'
  return part ?? 'unknown'
}
