import type { Logger } from 'pino'
import type { Clock } from '#domain/clock.ts'
import type { Database } from '../db/database.ts'

const DAY_MS = 86_400_000
/** How long an inquiry is kept once it has ended, as the notice promises: two years. */
const KEEP_DAYS = 730

/**
 * Erases what was written in inquiries that ended two years ago, as 撤回 does: digest, receipt and timeline stay.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many were erased
 */
export async function eraseExpired({ db }: Database, now: number): Promise<number> {
  const { numUpdatedRows } = await db
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
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/**
 * Erases what is due now and once a day. A failure is logged, and made good the next day.
 * @returns ends it
 */
export function keepRetention(database: Database, log: Logger, now: Clock): () => void {
  const erase = async () => {
    const erased = await eraseExpired(database, now())
    if (erased > 0) log.info({ erased }, 'inquiries that ended two years ago were erased')
  }
  const eraseOrLog = () =>
    void erase().catch((error: unknown) => log.error({ err: error }, 'inquiries could not be erased'))
  eraseOrLog()
  const timer = setInterval(eraseOrLog, DAY_MS).unref()
  return () => clearInterval(timer)
}
