import { type DeleteOutcome, type PutOutcome, readDeleteAnswer, readPutAnswer } from './answer.ts'
import { isDue, retryDelay, type Urgency } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { dueEntries, record } from './journal.ts'
import type { Platform } from './platform.ts'
import { request } from './request.ts'
import type { EntryRow } from './rows.ts'
import { asOnlySender } from './sender-lock.ts'
import type { Event } from './transitions.ts'

const STRENGTH: Readonly<Record<Urgency, number>> = { due: 0, contact: 1, now: 2 }

/** Works the queue, one request after another. */
export interface Sender {
  /** Looks at the queue; resolves when all that was due has been tried. Calls during a look lead to one more. */
  look(urgency: Urgency): Promise<void>
}

export function createSender(database: MineDatabase, platform: Platform): Sender {
  let wanted: Urgency | undefined
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    try {
      while (wanted !== undefined) {
        await asOnlySender(database, platform, async (renew) => {
          const urgency = wanted ?? 'due'
          wanted = undefined
          await sendDue(urgency, renew)
        })
      }
    } finally {
      // Here and not in a later task: a call in between would join a look that has ended.
      working = undefined
    }
  }

  async function sendDue(urgency: Urgency, renew: () => Promise<void>): Promise<void> {
    for (const id of await dueEntries(database, platform.now(), urgency)) {
      await renew()
      const outcome = await attempt(database, platform, id, urgency)
      // 401 and 403 are about where we are, not about one request: the others would hear the same.
      if (outcome === 'notAllowed') return
    }
  }

  return {
    look(urgency) {
      if (wanted === undefined || STRENGTH[urgency] > STRENGTH[wanted]) wanted = urgency
      working ??= work()
      return working
    },
  }
}

/**
 * One attempt at one request: says so on disk, sends, and writes down what came of it.
 * @returns the kind of outcome; undefined when there was nothing to do any more
 */
export async function attempt(
  database: MineDatabase,
  platform: Platform,
  id: string,
  urgency: Urgency,
): Promise<Event['type'] | undefined> {
  const begun = await record(
    database,
    id,
    () => ({ type: 'attempt', at: platform.now() }),
    (entry) => isDue(entry, platform.now(), urgency),
  )
  if (begun?.changed !== true) return undefined
  const outcome = await send(platform, begun.entry)
  await record(database, id, (entry) => toEvent(outcome, entry, platform))
  return outcome.type
}

async function send(platform: Platform, entry: EntryRow): Promise<PutOutcome | DeleteOutcome> {
  if (entry.state === 'withdrawing') {
    const answer = await request(platform, entry.id, { method: 'DELETE', headers: bearer(entry) })
    return readDeleteAnswer(answer, entry.id, platform.now())
  }
  const answer = await request(platform, entry.id, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'Content-Digest': entry.digest },
    body: entry.body,
  })
  return readPutAnswer(answer, entry, platform.now())
}

/** The header that proves that a request is ours (RFC 6750). */
export function bearer(entry: Pick<EntryRow, 'trackingKey'>): Record<string, string> {
  return { Authorization: `Bearer ${entry.trackingKey}` }
}

function toEvent(
  outcome: PutOutcome | DeleteOutcome,
  entry: EntryRow,
  platform: Pick<Platform, 'now' | 'random'>,
): Event {
  const at = platform.now()
  if (outcome.type !== 'retry') return { ...outcome, at }
  return {
    type: 'retry',
    at,
    reason: outcome.reason,
    delay: retryDelay(entry.attempts, platform.random(), outcome.retryAfter),
  }
}
