import { entryOwner } from './attachment-owner.ts'
import { attachmentsOf } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { type EntryRow, EntryRowSchema, readRows } from './rows.ts'

/** How long files are kept after a request arrived, in ms: so long a server restored from a backup can have them again. */
export const KEEP_BYTES = 30 * 24 * 60 * 60_000

/**
 * Drops the bytes of files whose requests are over since long; their names stay. Of what is not delivered nothing is dropped,
 * however old it is.
 * @param now ms
 */
export async function dropSettledBytes(database: MineDatabase, now: number): Promise<void> {
  const { entries, attachments, attachmentBytes } = database
  await database.run(() =>
    database.transaction('rw', entries, attachments, attachmentBytes, async () => {
      const { rows } = readRows(EntryRowSchema, await entries.toArray())
      const isOver = ({ state }: { state: string }) => state === 'delivered' || state === 'withdrawn'
      const over = rows.filter((row) => isOver(row) && now - arrivedAt(row) > KEEP_BYTES)
      const owners = new Set(over.map(({ id }) => entryOwner(id)))
      for (const owner of owners) {
        for (const { sha256 } of await attachmentsOf(database, owner)) {
          const all = await attachments.where('sha256').equals(sha256).toArray()
          if (all.every((row) => owners.has(String(row['owner'])))) await attachmentBytes.delete(sha256)
        }
      }
    }),
  )
}

/** By the phone's clock or the server's, whichever is later: too long is no harm. */
function arrivedAt({ createdAt, receipt }: EntryRow): number {
  return receipt === undefined ? createdAt : Math.max(createdAt, Date.parse(receipt.receivedAt))
}
