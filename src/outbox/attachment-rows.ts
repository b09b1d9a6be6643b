import type { Part } from '#domain/inquiry/parts.ts'
import { entryOwner } from './attachment-owner.ts'
import type { MineDatabase } from './database.ts'
import { type AttachmentRow, AttachmentRowSchema, BytesRowSchema, type EntryRow, readRow, readRows } from './rows.ts'

/*
 * Work on the tables of attachments inside the caller's transaction, which spans `attachments`, and `attachmentBytes` where
 * bytes are read or dropped.
 */

/** In the person's order. */
export async function attachmentsOf(database: MineDatabase, owner: string): Promise<AttachmentRow[]> {
  const raws = await database.attachments.where('owner').equals(owner).toArray()
  return readRows(AttachmentRowSchema, raws).rows.sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))
}

/** What a request says of its files. */
export function partOf({ sha256, name, type, bytes }: AttachmentRow): Part {
  return { sha256, name, type, bytes }
}

/** Hands attachments on to another owner, as not sent. */
export async function handOver(database: MineDatabase, rows: readonly AttachmentRow[], owner: string): Promise<void> {
  await database.attachments.bulkPut(rows.map((row) => ({ ...row, owner, sent: 0 })))
}

/** Deletes attachments, and their bytes when no other row names them. */
export async function dropAttachments(database: MineDatabase, rows: readonly AttachmentRow[]): Promise<void> {
  await database.attachments.bulkDelete(rows.map(({ id }) => id))
  for (const { sha256 } of rows) {
    if ((await database.attachments.where('sha256').equals(sha256).count()) === 0)
      await database.attachmentBytes.delete(sha256)
  }
}

export async function bytesOf(database: MineDatabase, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return readRow(BytesRowSchema, await database.attachmentBytes.get(sha256))?.data
}

/** Those whose bytes are on this phone. Asks for keys alone: the bytes of all of them are too many to be read for that. */
export async function withBytes(database: MineDatabase, rows: readonly AttachmentRow[]): Promise<AttachmentRow[]> {
  const digests = rows.map(({ sha256 }) => sha256)
  const kept = new Set(await database.attachmentBytes.where('sha256').anyOf(digests).primaryKeys())
  return rows.filter(({ sha256 }) => kept.has(sha256))
}

/** Those of a request that are not known to have arrived whole. */
export async function unsentAttachments(
  database: MineDatabase,
  { id }: Pick<EntryRow, 'id'>,
): Promise<AttachmentRow[]> {
  return (await attachmentsOf(database, entryOwner(id))).filter((row) => row.sent < row.bytes)
}
