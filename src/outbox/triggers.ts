import type { Clock } from '#domain/clock.ts'
import { isPaused, isPending, RETRY_AFTER_CAP } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { readEntries } from './journal.ts'
import { live } from './live.ts'
import type { Platform } from './platform.ts'
import type { EntryRow } from './rows.ts'
import type { Sender } from './sender.ts'
import { LATE_ARRIVAL } from './change.ts'

/** Statuses are asked by themselves at most so often, in ms. */
export const REFRESH_INTERVAL = 60_000
/** Shortest timer, in ms: what is due and yet cannot be tried must not make a busy loop. */
export const SHORTEST_TIMER = 250
/** Wait after the phone's own storage failed, as a full one does, in ms. */
export const AFTER_FAILURE = 60_000

/**
 * What sets the outbox to work by itself: now, `online`, becoming visible, and the time of the next attempt.
 * @param fail hears what went wrong on the phone (never the network)
 * @returns what ends all of it; a request on its way is not cut off
 */
export function startTriggers(
  database: MineDatabase,
  platform: Platform,
  sender: Sender,
  refresh: () => Promise<void>,
  fail: (error: unknown) => void,
): () => void {
  let refreshedAt: number | undefined
  let stopped = false
  let callOff = () => {}

  function contact() {
    sender.look('contact').then(refreshNowAndThen).catch(fail)
  }

  async function refreshNowAndThen() {
    const age = refreshedAt === undefined ? undefined : platform.now() - refreshedAt
    if (stopped || (age !== undefined && age >= 0 && age < REFRESH_INTERVAL)) return
    refreshedAt = platform.now()
    await refresh()
  }

  function schedule(entries: readonly EntryRow[]) {
    lookIn(untilNext(entries, platform.now))
  }

  function lookIn(wait: number | undefined) {
    callOff()
    callOff = () => {}
    if (wait !== undefined && !stopped) callOff = platform.setTimer(() => void lookAndGoOn().catch(failed), wait)
  }

  async function lookAndGoOn() {
    await sender.look('due')
    // A look that changed nothing (a timer that ran early, a wait longer than a timer) moves no row, so nobody else asks.
    schedule(await readEntries(database))
  }

  /** A look that could not write moves no row either, and there may be room again without anybody saying so. */
  function failed(error: unknown) {
    lookIn(AFTER_FAILURE)
    fail(error)
  }

  // Other tabs and the worker change the queue too, so the timer follows the rows and not our own calls.
  const endTimer = live(database, () => readEntries(database)).subscribe(schedule, failed)
  const endContact = platform.onContact(contact)
  contact()
  return () => {
    stopped = true
    endContact()
    endTimer()
    callOff()
  }
}

/** Ms until the next attempt by time alone; undefined when nothing waits for one. */
export function untilNext(entries: readonly EntryRow[], now: Clock): number | undefined {
  if (isPaused(entries)) return undefined
  const waits = entries.filter(isPending).map((entry) => {
    // Somebody is sending it; when that tab dies, nobody else is told.
    const at = isOnItsWay(entry) ? (entry.lastPutAt ?? now()) + LATE_ARRIVAL : entry.wait?.nextAttemptAt
    return Math.min(RETRY_AFTER_CAP, Math.max(SHORTEST_TIMER, (at ?? 0) - now()))
  })
  return waits.length === 0 ? undefined : Math.min(...waits)
}

function isOnItsWay({ state, attempts, wait }: EntryRow): boolean {
  return state === 'sending' || (state === 'attaching' && attempts > 0 && wait === undefined)
}
