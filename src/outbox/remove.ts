import { draftOwner, entryOwner } from './attachment-owner.ts'
import { attachmentsOf, dropAttachments } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { correctionKey, earlierKey } from './draft-key.ts'
import { EntryBusyError } from './errors.ts'
import type { Platform } from './platform.ts'
import { type EntryRow, EntryRowSchema, readRow } from './rows.ts'
import { LATE_ARRIVAL } from './change.ts'

/** Deletes a request from this phone, of whatever version it is, with what was typed to correct it. @throws EntryBusyError */
export async function removeEntry(database: MineDatabase, platform: Pick<Platform, 'now'>, id: string): Promise<void> {
  const { entries, drafts, attachments, attachmentBytes } = database
  const correction = correctionKey(id)
  await database.run(() =>
    database.transaction('rw', entries, drafts, attachments, attachmentBytes, async () => {
      const entry = readRow(EntryRowSchema, await entries.get(id))
      if (entry !== undefined && isBusy(entry, platform.now())) throw new EntryBusyError(id)
      await entries.delete(id)
      await drafts.bulkDelete([correction, earlierKey(correction)])
      for (const owner of [entryOwner(id), draftOwner(correction)])
        await dropAttachments(database, await attachmentsOf(database, owner))
    }),
  )
}

/** On its way; or to be withdrawn, for deleting it now would leave it standing at the server. */
function isBusy(entry: EntryRow, now: number): boolean {
  if (entry.state === 'withdrawing') return true
  return entry.state === 'sending' && Math.abs(now - (entry.lastPutAt ?? 0)) < LATE_ARRIVAL
}
