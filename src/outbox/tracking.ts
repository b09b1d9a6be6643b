import { isFinal } from '#domain/inquiry/status.ts'
import { readGetAnswer } from './answer.ts'
import type { MineDatabase } from './database.ts'
import { lostEvent } from './event-of.ts'
import { FileBytes } from './file-bytes.ts'
import { readEntries, readEntry, record } from './journal.ts'
import { sendAgain } from './parts-left.ts'
import type { Platform } from './platform.ts'
import { bearer, inquiryUrl, request } from './request.ts'
import type { EntryRow } from './rows.ts'
import { attempt } from './sender.ts'
import type { Event } from './event.ts'

/**
 * `withdrawn`: no server holds it, or it has been withdrawn there. `notReached`: no answer yet; it is not sent any more, and
 * is withdrawn at the next contact. `declined`: the server has ended it already and keeps it as it is, or this phone does not hold it.
 */
export type WithdrawResult = 'withdrawn' | 'notReached' | 'declined'

/**
 * Makes what asks how far the delivered requests have come, and whether the withdrawn ones are still known to be. A round ends at the first that gets no answer, or one that is about
 * all of them (401, 403, 429, 5xx), for the others would get the same; while a `Retry-After` lasts, no other round begins.
 */
export function createRefresh(database: MineDatabase, platform: Platform): () => Promise<void> {
  let quiet = { since: 0, until: 0 }

  return async () => {
    const now = platform.now()
    // Before the beginning of the wait: the clock was set back, and the wait is over as for requests.
    if (now >= quiet.since && now < quiet.until) return
    for (const entry of await readEntries(database)) {
      if (!isAsked(entry, platform.now())) continue
      const answer = await request(platform, inquiryUrl(entry.id), { method: 'GET', headers: bearer(entry) })
      const at = platform.now()
      const outcome = readGetAnswer(answer, entry.id, at)
      if (outcome.type === 'notAllowed') return
      if (outcome.type === 'notThere') await record(database, entry.id, (now) => offerAgain(database, platform, now))
      else if ('status' in outcome) {
        await record(database, entry.id, () => ({ ...outcome, at }))
        await sendMissing(database, entry.id, outcome.status.missingParts ?? [], at)
      } else if (outcome.reason !== 'notUnderstood') {
        quiet = { since: at, until: at + (outcome.retryAfter ?? 0) }
        return
      }
    }
  }
}

/**
 * How long a server is asked whether it still knows of a withdrawal, in ms: it may have been restored to before it. Longer than a
 * backup is worth restoring, and not for ever.
 */
export const ASK_AFTER_WITHDRAWAL = 90 * 24 * 60 * 60_000

function isAsked({ state, status, receipt, attempts, withdrawnAt, createdAt }: EntryRow, now: number): boolean {
  if (state === 'delivered') return status === undefined || !isFinal(status.state)
  const mayBeThere = receipt !== undefined || attempts > 0
  // Either way: what a clock far ahead wrote down is not asked for until then.
  return state === 'withdrawn' && mayBeThere && Math.abs(now - (withdrawnAt ?? createdAt)) < ASK_AFTER_WITHDRAWAL
}

/** While it still counts as delivered: another tab may have offered it again, or the person taken it back. */
function offerAgain(database: MineDatabase, platform: Platform, entry: EntryRow): Promise<Event> | undefined {
  return entry.state === 'delivered' ? lostEvent(database, entry, platform) : undefined
}

async function sendMissing(database: MineDatabase, id: string, missing: readonly string[], at: number): Promise<void> {
  await record(database, id, async (entry) => {
    if (entry.state !== 'delivered' || (missing.length === 0 && entry.partsGone.length === 0)) return undefined
    const parts = await sendAgain(database, entry, (sha256) => missing.includes(sha256))
    const isKnown = parts.left === 0 && parts.gone.join() === entry.partsGone.join()
    return isKnown ? undefined : { type: 'partsMissing', at, ...parts }
  })
}

/**
 * Takes a request back. One that was never attempted is withdrawn on the spot; any other is marked so on disk, which stops its
 * sending, and the server is asked now and again until it answers.
 */
export async function withdraw(database: MineDatabase, platform: Platform, id: string): Promise<WithdrawResult> {
  const marked = await record(database, id, () => ({ type: 'withdraw', at: platform.now() }))
  if (marked === undefined) return 'declined'
  if (marked.entry.state === 'withdrawn') return 'withdrawn'
  await attempt(database, platform, id, 'now', new FileBytes())
  const entry = await readEntry(database, id)
  if (entry?.state === 'withdrawing') return 'notReached'
  return entry?.state === 'withdrawn' ? 'withdrawn' : 'declined'
}
