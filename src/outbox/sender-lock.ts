import * as v from 'valibot'
import type { MineDatabase } from './database.ts'
import type { Locks, Platform } from './platform.ts'
import { LeaseRowSchema } from './rows.ts'

/** Name of the Web Lock and of the lease. */
export const SENDER_LOCK = 'luodi-outbox'
/** A lease that was not renewed for so long, in ms, belongs to a tab that is gone. Longer than one request may take. */
export const LEASE_TIME = 45_000
/** Longest wait for another sender's turn, in ms. A frozen tab may hold the lock for ever; then we send beside it. */
export const PATIENCE = 90_000

/** Does one piece of work while nobody else sends. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Does the work as the only sender among tabs and worker, as far as that can be had; waits for another one's request to end
 * first. Nothing rests on it: two senders at once cost a second `PUT`, which the server answers with the same receipt.
 * @param work is given what each request is to be sent in. The Web Lock is taken for that alone, so that whoever waits for it
 * waits for a request and never for all the files of another tab, however large; a lease is kept between them.
 */
export async function asOnlySender(
  database: MineDatabase,
  platform: Pick<Platform, 'locks' | 'now' | 'setTimer' | 'randomBytes'>,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  if (platform.locks === undefined) return withLease(database, platform, work)
  await work(turnsOf(platform.locks, platform))
}

/** Takes the lock for each turn, until it could not be had: whoever holds it then is not waited for again. */
function turnsOf(locks: Locks, platform: Pick<Platform, 'setTimer'>): Turn {
  let isBeside = false
  return async (work) => {
    if (isBeside) return work()
    const giveUp = new AbortController()
    const callOff = platform.setTimer(() => giveUp.abort(), PATIENCE)
    let held = false
    try {
      return await locks.request(SENDER_LOCK, { signal: giveUp.signal }, () => {
        held = true
        callOff()
        return work()
      })
    } catch (error) {
      if (held) throw error
      // Waited for too long, or refused by the browser: what is sent does not hang on it.
      isBeside = true
      return await work()
    } finally {
      callOff()
    }
  }
}

async function withLease(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'setTimer' | 'randomBytes'>,
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  const owner = platform.randomBytes(8).join('-')
  for (;;) {
    const wait = await takeLease(database, owner, platform.now())
    if (wait === 0) break
    await new Promise<void>((resolve) => platform.setTimer(resolve, wait))
  }
  try {
    await work(async (send) => {
      await takeLease(database, owner, platform.now())
      return send()
    })
  } finally {
    await database.run(() =>
      database.transaction('rw', database.leases, async () => {
        if ((await readLease(database))?.owner === owner) await database.leases.delete(SENDER_LOCK)
      }),
    )
  }
}

/** @returns 0 when the lease is ours now, else how long to wait before asking again, in ms */
function takeLease(database: MineDatabase, owner: string, now: number): Promise<number> {
  return database.run(() =>
    database.transaction('rw', database.leases, async () => {
      const lease = await readLease(database)
      const left = lease === undefined || lease.owner === owner ? 0 : lease.until - now
      // A lease that ends further away than one can last was written before the clock was set back.
      if (left > 0 && left <= LEASE_TIME) return Math.min(left, LOOK_AGAIN)
      await database.leases.put({ name: SENDER_LOCK, owner, until: now + LEASE_TIME })
      return 0
    }),
  )
}

/** How soon to look whether the other has ended, in ms. */
const LOOK_AGAIN = 1_000

async function readLease(database: MineDatabase): Promise<v.InferOutput<typeof LeaseRowSchema> | undefined> {
  const parsed = v.safeParse(LeaseRowSchema, await database.leases.get(SENDER_LOCK))
  return parsed.success ? parsed.output : undefined
}
