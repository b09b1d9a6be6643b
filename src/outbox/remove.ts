import { entryOwner } from './attachment-owner.ts'
import { attachmentsOf, dropAttachments } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { EntryBusyError } from './errors.ts'
import type { Platform } from './platform.ts'
import { type EntryRow, EntryRowSchema, readRow } from './rows.ts'
import { LATE_ARRIVAL } from './change.ts'

/** Deletes a request from this phone, of whatever version it is. @throws EntryBusyError */
export async function removeEntry(database: MineDatabase, platform: Pick<Platform, 'now'>, id: string): Promise<void> {
  await database.run(() =>
    database.transaction('rw', database.entries, database.attachments, database.attachmentBytes, async () => {
      const entry = readRow(EntryRowSchema, await database.entries.get(id))
      if (entry !== undefined && isBusy(entry, platform.now())) throw new EntryBusyError(id)
      await database.entries.delete(id)
      await dropAttachments(database, await attachmentsOf(database, entryOwner(id)))
    }),
  )
}

/** On its way; or to be withdrawn, for deleting it now would leave it standing at the server. */
function isBusy(entry: EntryRow, now: number): boolean {
  if (entry.state === 'withdrawing') return true
  return entry.state === 'sending' && Math.abs(now - (entry.lastPutAt ?? 0)) < LATE_ARRIVAL
}
