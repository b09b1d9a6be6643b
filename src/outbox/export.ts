import { isPending } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { rawText } from './entry.ts'
import { type EntryRow, EntryRowSchema, readRows } from './rows.ts'

/**
 * Everything that is not settled, as JSON text a person can read: what has not arrived, what was refused, and withdrawals that
 * the server has not confirmed. Each request stands under its id, with the frozen body as the text whose UTF-8 bytes have this
 * digest, so that it can be handed in by another way and still count once; `state` says what it waits for.
 * @param now ms
 */
export async function exportUnsent(database: MineDatabase, now: number): Promise<string> {
  const { rows, unreadable } = readRows(EntryRowSchema, await database.run(() => database.entries.toArray()))
  const unsettled = rows.filter((row) => isPending(row) || row.state === 'refused')
  return rawText({
    app: 'luodi',
    exportedAt: new Date(now).toISOString(),
    requests: Object.fromEntries(unsettled.map((row) => [row.id, toExport(row)])),
    unreadable,
  })
}

function toExport(row: EntryRow) {
  const { type, createdAt, state, attempts, refusal, digest, body } = row
  return { type, createdAt: new Date(createdAt).toISOString(), state, attempts, refusal, contentDigest: digest, body }
}
