import type { DeleteOutcome, PartOutcome, PutOutcome } from './answer.ts'
import { retryDelay } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { sendAgain } from './parts-left.ts'
import type { Platform } from './platform.ts'
import type { EntryRow } from './rows.ts'
import type { Event } from './event.ts'

type Outcome = PutOutcome | DeleteOutcome | Exclude<PartOutcome, { type: 'held' | 'notThere' | 'damaged' }>

/** What an answer does to a request. */
export function eventOf(
  outcome: Outcome,
  entry: Pick<EntryRow, 'attempts'>,
  platform: Pick<Platform, 'now' | 'random'>,
): Event {
  const at = platform.now()
  if (outcome.type !== 'retry') return { ...outcome, at }
  const { reason, retryAfter } = outcome
  return { type: 'retry', at, reason, delay: retryDelay(entry.attempts, platform.random(), retryAfter) }
}

/** The server has lost a request: it is sent again, with its files as far as they are still on this phone. Within a transaction. */
export async function lostEvent(
  database: MineDatabase,
  entry: EntryRow,
  platform: Pick<Platform, 'now' | 'random'>,
): Promise<Event> {
  const parts = await sendAgain(database, entry, () => true)
  return { type: 'lost', at: platform.now(), delay: retryDelay(entry.attempts, platform.random(), undefined), ...parts }
}
