import * as v from 'valibot'
import type { MineDatabase } from './database.ts'
import type { Platform } from './platform.ts'
import { LeaseRowSchema } from './rows.ts'

/** Name of the Web Lock and of the lease. */
export const SENDER_LOCK = 'luodi-outbox'
/** A lease that was not renewed for so long, in ms, belongs to a tab that is gone. Longer than one request may take. */
export const LEASE_TIME = 45_000
/** Longest wait for another sender, in ms. A frozen tab may hold the lock for ever; then we send beside it. */
export const PATIENCE = 90_000

/**
 * Does the work as the only sender among tabs and worker, as far as that can be had; waits for another one to end first.
 * Nothing rests on it: two senders at once cost a second `PUT`, which the server answers with the same receipt.
 * @param work is given a function to call between requests, which keeps the lease
 */
export async function asOnlySender(
  database: MineDatabase,
  platform: Pick<Platform, 'locks' | 'now' | 'setTimer' | 'randomBytes'>,
  work: (renew: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if (platform.locks === undefined) return withLease(database, platform, work)
  const giveUp = new AbortController()
  const callOff = platform.setTimer(() => giveUp.abort(), PATIENCE)
  let held = false
  try {
    await platform.locks.request(SENDER_LOCK, { signal: giveUp.signal }, async () => {
      held = true
      callOff()
      await work(() => Promise.resolve())
    })
  } catch (error) {
    if (held || !giveUp.signal.aborted) throw error
    await work(() => Promise.resolve())
  } finally {
    callOff()
  }
}

async function withLease(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'setTimer' | 'randomBytes'>,
  work: (renew: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const owner = platform.randomBytes(8).join('-')
  for (;;) {
    const wait = await takeLease(database, owner, platform.now())
    if (wait === 0) break
    await new Promise<void>((resolve) => platform.setTimer(resolve, wait))
  }
  try {
    await work(async () => void (await takeLease(database, owner, platform.now())))
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
