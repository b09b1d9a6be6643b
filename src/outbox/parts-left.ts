import { entryOwner } from './attachment-owner.ts'
import { attachmentsOf, withBytes } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { namedParts } from './named-parts.ts'
import type { EntryRow } from './rows.ts'

/**
 * Digests of the files of a request that are neither known to have arrived nor given up. One whose row is gone or cannot be read
 * has not arrived. Within a transaction that spans `attachments`.
 */
export async function partsLeft(database: MineDatabase, entry: EntryRow): Promise<string[]> {
  const rows = await attachmentsOf(database, entryOwner(entry.id))
  const settled = new Set(entry.partsGone)
  for (const { sha256, sent, bytes } of rows) if (sent >= bytes) settled.add(sha256)
  return digestsOf(entry).filter((sha256) => !settled.has(sha256))
}

/**
 * Sets files that the server lacks back to not sent, as far as they are still on this phone. Within a transaction that spans
 * `attachments` and `attachmentBytes`.
 * @returns how many can be sent again, and the digests of those that cannot
 */
export async function sendAgain(
  database: MineDatabase,
  entry: EntryRow,
  isLacking: (sha256: string) => boolean,
): Promise<{ left: number; gone: string[] }> {
  const rows = await attachmentsOf(database, entryOwner(entry.id))
  const again = await withBytes(
    database,
    rows.filter(({ sha256 }) => isLacking(sha256)),
  )
  await database.attachments.bulkPut(again.map((row) => ({ ...row, sent: 0 })))
  const kept = new Set(again.map(({ sha256 }) => sha256))
  return {
    left: kept.size,
    gone: digestsOf(entry).filter((sha256) => isLacking(sha256) && !kept.has(sha256)),
  }
}

const digestsOf = (entry: EntryRow): string[] => namedParts(entry).map(({ sha256 }) => sha256)
