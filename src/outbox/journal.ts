import type { MineDatabase } from './database.ts'
import { isDue, isPaused, isPending, type Urgency } from './backoff.ts'
import { type EntryRow, EntryRowSchema, readRow, readRows } from './rows.ts'
import type { Event } from './event.ts'
import { transition } from './transitions.ts'

/** Every request that this version can read. */
export async function readEntries(database: MineDatabase): Promise<EntryRow[]> {
  return readRows(EntryRowSchema, await database.run(() => database.entries.toArray())).rows
}

export async function readEntry(database: MineDatabase, id: string): Promise<EntryRow | undefined> {
  return readRow(EntryRowSchema, await database.run(() => database.entries.get(id)))
}

/** How many are not known to have arrived, or wait for their withdrawal to be confirmed. */
export async function countPending(database: MineDatabase): Promise<number> {
  return (await readEntries(database)).filter(isPending).length
}

/**
 * Ids of the requests to try now, oldest first, and before the files of any: words are short and weigh more. A paused queue
 * gives none until there is contact anew.
 */
export async function dueEntries(database: MineDatabase, now: number, urgency: Urgency): Promise<string[]> {
  const entries = await readEntries(database)
  if (urgency === 'due' && isPaused(entries)) return []
  return entries
    .filter((entry) => isDue(entry, now, urgency))
    .sort((a, b) => Number(a.state === 'attaching') - Number(b.state === 'attaching') || a.createdAt - b.createdAt)
    .map((entry) => entry.id)
}

/**
 * Lets an event happen to a request: reads it again, for another tab may have changed or deleted it, and writes what the
 * table of transitions says, in one transaction.
 * @param makeEvent runs within the transaction, and may read and write attachments; undefined when nothing happens
 * @param only asked of the row as it is now; when false, nothing happens
 * @returns the request as it is now, and whether the event changed it; undefined when it is not there
 */
export async function record(
  database: MineDatabase,
  id: string,
  makeEvent: (entry: EntryRow) => Event | undefined | PromiseLike<Event | undefined>,
  only: (entry: EntryRow) => boolean = () => true,
): Promise<{ entry: EntryRow; changed: boolean } | undefined> {
  return database.run(() =>
    database.transaction('rw', database.entries, database.attachments, database.attachmentBytes, async () => {
      const entry = readRow(EntryRowSchema, await database.entries.get(id))
      if (entry === undefined) return undefined
      const event = only(entry) ? await makeEvent(entry) : undefined
      const change = event === undefined ? undefined : transition(entry, event)
      if (change === undefined) return { entry, changed: false }
      // `update` leaves alone what another version may have written beside our fields.
      await database.entries.update(id, change)
      return { entry: { ...entry, ...change } as EntryRow, changed: true }
    }),
  )
}
