import type { MineDatabase } from '#outbox/database.ts'
import {
  type AttachmentRow,
  AttachmentRowSchema,
  DraftRowSchema,
  type EntryRow,
  EntryRowSchema,
  readRows,
} from '#outbox/rows.ts'

/** What lies on the disk. */
export interface Snapshot {
  entries: EntryRow[]
  drafts: { key: string; values: Record<string, unknown> }[]
  attachments: AttachmentRow[]
  /** Of the files whose bytes are there. */
  digests: Set<string>
}

export async function readSnapshot(database: MineDatabase): Promise<Snapshot> {
  const { entries, drafts, attachments, attachmentBytes } = database
  const [rawEntries, rawDrafts, rawAttachments, digests] = await database.transaction(
    'r',
    entries,
    drafts,
    attachments,
    attachmentBytes,
    () =>
      Promise.all([
        entries.toArray(),
        drafts.toArray(),
        attachments.toArray(),
        attachmentBytes.toCollection().primaryKeys(),
      ]),
  )
  return {
    entries: readRows(EntryRowSchema, rawEntries).rows,
    drafts: readRows(DraftRowSchema, rawDrafts).rows,
    attachments: readRows(AttachmentRowSchema, rawAttachments).rows,
    digests: new Set(digests),
  }
}
