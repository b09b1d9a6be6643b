import { MineDatabase } from './database.ts'
import { countPending } from './journal.ts'
import { browserPlatform, type Platform } from './platform.ts'
import { createSender } from './sender.ts'

/** Tag of the Background Sync that wakes the worker, which then calls `sendWaiting`. */
export const OUTBOX_SYNC_TAG = 'luodi-outbox'

/**
 * Tries everything that waits, now, on a connection of its own, which is closed afterwards: one left open would stand in the
 * way of a newer release that changes the database. The whole outbox of the worker: it submits, tracks and schedules nothing.
 * @returns how many still wait; a worker woken by Background Sync asks to be woken again when there are any
 * @throws StorageFailedError; the network never makes it fail
 */
export async function sendWaiting(options: Partial<Platform> & { databaseName?: string } = {}): Promise<number> {
  const { databaseName, ...parts } = options
  const database = new MineDatabase(databaseName)
  try {
    await createSender(database, { ...browserPlatform(), ...parts }).look('now')
    return await countPending(database)
  } finally {
    database.end()
  }
}
