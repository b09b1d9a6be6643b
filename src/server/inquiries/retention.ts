import type { Logger } from 'pino'
import type { Clock } from '#domain/clock.ts'
import { dropParts } from './part-rows.ts'
import type { InquiryStores } from './stores.ts'
import { sweepAttachments } from './sweep.ts'

const DAY_MS = 86_400_000
/** How long an inquiry is kept once it has ended, as the notice promises: two years. */
const KEEP_DAYS = 730

/**
 * Erases what was written in inquiries that ended two years ago, as 撤回 does, with their files: digest, receipt and timeline stay.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many were erased
 */
export async function eraseExpired({ database, attachments }: InquiryStores, now: number): Promise<number> {
  const { erased, blobs } = await database.db.transaction().execute(async (trx) => {
    const rows = await trx
      .updateTable('inquiry')
      .set({ body: null })
      .where('state', '=', '结束')
      .where('body', 'is not', null)
      .where('submission_id', 'in', (events) =>
        events
          .selectFrom('inquiry_event')
          .select('submission_id')
          .groupBy('submission_id')
          .having(({ fn }) => fn.max('at'), '<=', now - KEEP_DAYS * DAY_MS),
      )
      .returning('submission_id')
      .execute()
    const blobs: string[] = []
    for (const { submission_id: id } of rows) blobs.push(...(await dropParts(trx, id)))
    return { erased: rows.length, blobs }
  })
  await attachments.drop(blobs)
  return erased
}

/**
 * Erases what is due now and once a day, and sweeps away what is left of files. A failure is logged, and made good the next day.
 * @returns ends it
 */
export function keepRetention(stores: InquiryStores, log: Logger, now: Clock): () => void {
  const erase = async () => {
    const erased = await eraseExpired(stores, now())
    if (erased > 0) log.info({ erased }, 'inquiries that ended two years ago were erased')
  }
  const sweep = async () => {
    const { dropped, strange } = await sweepAttachments(stores, now())
    if (dropped > 0) log.info({ dropped }, 'pieces of files that no inquiry has any more were deleted')
    if (strange > 0) log.warn({ strange }, 'there are pieces of files of inquiries that this database does not know')
  }
  const run = () => {
    erase().catch((error: unknown) => log.error({ err: error }, 'inquiries could not be erased'))
    sweep().catch((error: unknown) => log.error({ err: error }, 'attachments could not be swept'))
  }
  run()
  const timer = setInterval(run, DAY_MS).unref()
  return () => clearInterval(timer)
}
