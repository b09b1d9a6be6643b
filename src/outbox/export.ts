import { base64 } from '@scure/base'
import { entryOwner } from './attachment-owner.ts'
import { attachmentsOf, bytesOf } from './attachment-rows.ts'
import { isPending } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { rawText } from './entry.ts'
import { type EntryRow, EntryRowSchema, readRows } from './rows.ts'

/**
 * Everything that is not settled, as JSON text a person can read: what has not arrived, what was refused, and withdrawals that
 * the server has not confirmed. Each request stands under its id, with the frozen body as the text whose UTF-8 bytes have this
 * digest, and with its files, so that it can be handed in by another way and still count once; `state` says what it waits for.
 * @param now ms
 */
export async function exportUnsent(database: MineDatabase, now: number): Promise<string> {
  const { entries, attachments, attachmentBytes } = database
  return database.run(() =>
    database.transaction('r', entries, attachments, attachmentBytes, async () => {
      const { rows, unreadable } = readRows(EntryRowSchema, await entries.toArray())
      const requests: Record<string, unknown> = {}
      for (const row of rows.filter((row) => isPending(row) || row.state === 'refused'))
        requests[row.id] = await toExport(database, row)
      return rawText({ app: 'luodi', exportedAt: new Date(now).toISOString(), requests, unreadable })
    }),
  )
}

async function toExport(database: MineDatabase, row: EntryRow) {
  const { type, createdAt, state, attempts, refusal, receipt, digest, body } = row
  const attachments = []
  for (const { sha256, name, type: mediaType } of await attachmentsOf(database, entryOwner(row.id))) {
    const data = await bytesOf(database, sha256)
    if (data !== undefined) attachments.push({ sha256, name, type: mediaType, base64: base64.encode(data) })
  }
  const at = new Date(createdAt).toISOString()
  return { type, createdAt: at, state, attempts, refusal, receipt, contentDigest: digest, body, attachments }
}
