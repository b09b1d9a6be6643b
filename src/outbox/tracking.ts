import { isFinal } from '#domain/inquiry/status.ts'
import { readStatus } from './answer.ts'
import type { MineDatabase } from './database.ts'
import { readEntries, readEntry, record } from './journal.ts'
import type { Platform } from './platform.ts'
import { request } from './request.ts'
import { attempt, bearer } from './sender.ts'

/**
 * `withdrawn`: it never reached a server or has been withdrawn there. `notReached`: no answer yet; it is not sent any more, and
 * is withdrawn at the next contact. `unknown`: the server does not hold it, or has ended it already and keeps it as it is.
 */
export type WithdrawResult = 'withdrawn' | 'notReached' | 'unknown'

/** Asks how far the delivered requests have come; ends at the first that gets no answer, for the others would get none. */
export async function refreshStatuses(database: MineDatabase, platform: Platform): Promise<void> {
  for (const entry of await readEntries(database)) {
    if (entry.state !== 'delivered' || (entry.status !== undefined && isFinal(entry.status.state))) continue
    const answer = await request(platform, entry.id, { method: 'GET', headers: bearer(entry) })
    if (typeof answer === 'string') return
    const status = readStatus(answer, entry.id)
    if (status === undefined) continue
    const type = status.state === '已撤回' ? 'withdrawnSeen' : 'statusSeen'
    await record(database, entry.id, () => ({ type, at: platform.now(), status }))
  }
}

/**
 * Takes a request back. One that was never attempted is withdrawn on the spot; any other is marked so on disk, which stops its
 * sending, and the server is asked now and again until it answers.
 */
export async function withdraw(database: MineDatabase, platform: Platform, id: string): Promise<WithdrawResult> {
  const marked = await record(database, id, () => ({ type: 'withdraw', at: platform.now() }))
  if (marked === undefined) return 'unknown'
  if (marked.entry.state === 'withdrawn') return 'withdrawn'
  await attempt(database, platform, id, 'now')
  const entry = await readEntry(database, id)
  if (entry === undefined || entry.state === 'delivered') return 'unknown'
  if (entry.state !== 'withdrawn') return 'notReached'
  return entry.status === undefined ? 'unknown' : 'withdrawn'
}
