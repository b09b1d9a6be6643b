import type { Live } from '#domain/live.ts'
import { draftOwner } from './attachment-owner.ts'
import { attachmentsOf, dropAttachments } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { earlierKey, formOfDraft } from './draft-key.ts'
import { live } from './live.ts'
import { AttachmentRowSchema, type DraftRow, DraftRowSchema, readRows } from './rows.ts'

/** A form that was begun and not submitted. */
export interface BegunForm extends NonNullable<ReturnType<typeof formOfDraft>> {
  /** When it was last typed into or given a file, ms by the phone's clock. */
  savedAt: number
  /** Of what it is about, if that was known. */
  title: string | undefined
}

/** All of them but corrections, which are found at their requests; the last one first. */
export function begunForms(database: MineDatabase): Live<BegunForm[]> {
  return live(database, async () => {
    const drafts = readRows(DraftRowSchema, await database.drafts.toArray()).rows.filter(hasText)
    const owned = database.attachments.where('owner').startsWith(draftOwner(''))
    const files = readRows(AttachmentRowSchema, await owned.toArray()).rows
    const saved = [
      ...drafts,
      ...files.map(({ owner, addedAt }) => ({
        key: owner.slice(draftOwner('').length),
        savedAt: addedAt,
        title: undefined,
      })),
    ]
    const begun = new Map<string, BegunForm>()
    for (const { key, savedAt, title } of saved.sort((a, b) => a.savedAt - b.savedAt)) {
      const form = formOfDraft(key)
      if (form !== undefined) begun.set(form.key, { ...form, savedAt, title: title ?? begun.get(form.key)?.title })
    }
    return [...begun.values()].sort((a, b) => b.savedAt - a.savedAt)
  })
}

/** What was typed and taken back leaves empty fields. */
const hasText = ({ values }: DraftRow) =>
  Object.values(values).some((value) => typeof value !== 'string' || value.trim() !== '')

/** Deletes what was typed into a form, and its files. What this version cannot read is shown, and deleted, by itself. */
export async function dropBegun(database: MineDatabase, key: string): Promise<void> {
  const { drafts, attachments, attachmentBytes } = database
  await database.transaction('rw', drafts, attachments, attachmentBytes, async () => {
    const { rows } = readRows(DraftRowSchema, await drafts.where('key').anyOf(key, earlierKey(key)).toArray())
    await drafts.bulkDelete(rows.map((row) => row.key))
    await dropAttachments(database, await attachmentsOf(database, draftOwner(key)))
  })
}
