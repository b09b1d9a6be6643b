import { v4 } from 'uuid'
import * as v from 'valibot'
import { MAX_PARTS, MAX_PARTS_BYTES, PartSchema, partTypeOf, totalBytes } from '#domain/inquiry/parts.ts'
import type { Live } from '#domain/live.ts'
import { draftOwner, entryOwner } from './attachment-owner.ts'
import { attachmentsOf, bytesOf, dropAttachments, handOver, withBytes } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { AttachmentError } from './errors.ts'
import { fileDigest } from './file-digest.ts'
import { live } from './live.ts'
import type { Platform } from './platform.ts'
import { type AttachmentRow, AttachmentRowSchema, EntryRowSchema, readRow } from './rows.ts'

/** A file as a screen shows it. */
export type Attachment = Omit<AttachmentRow, 'owner'>

/** Files that go with forms and requests. They outlive the page from the moment they are added. */
export interface Attachments {
  /** Those of a form not submitted yet, in the order in which they were added. */
  ofDraft(draftKey: string): Live<Attachment[]>
  ofEntry(submissionId: string): Live<Attachment[]>
  /**
   * Adds a file to a form; resolves when it is on disk. The same file again changes nothing.
   * @throws AttachmentError, StorageFailedError: nothing was added
   */
  add(draftKey: string, file: { name: string; data: Uint8Array<ArrayBuffer> }): Promise<void>
  /** Takes one off a form. */
  remove(id: string): Promise<void>
  /** Gives a form that has none the files of a request that it begins with, without those that cannot be sent from this phone. */
  copy(submissionId: string, draftKey: string): Promise<void>
  /** @returns undefined when the bytes are no longer kept */
  read(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>
}

/** Longest name kept, in UTF-16 code units, its ending included. */
const NAME_LENGTH = 120

export function createAttachments(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'randomBytes'>,
): Attachments {
  const { entries, attachments, attachmentBytes } = database
  const all = (owner: string) => live(database, () => attachmentsOf(database, owner))
  const mint = () => v4({ random: platform.randomBytes(16) })

  return {
    ofDraft: (draftKey) => all(draftOwner(draftKey)),
    ofEntry: (submissionId) => all(entryOwner(submissionId)),
    read: (sha256) => database.run(() => bytesOf(database, sha256)),

    async add(draftKey, { name, data }) {
      const owner = draftOwner(draftKey)
      const row = { ...(await describe(name, data)), id: mint(), owner, addedAt: platform.now(), sent: 0 }
      await database.run(() =>
        database.transaction('rw', attachments, attachmentBytes, async () => {
          const there = await attachmentsOf(database, owner)
          if (there.some(({ sha256 }) => sha256 === row.sha256)) return
          if (there.length >= MAX_PARTS) throw new AttachmentError('tooMany')
          if (totalBytes([...there, row]) > MAX_PARTS_BYTES) throw new AttachmentError('tooLarge')
          // Several chosen at once keep their order, whatever the clock says.
          const last = there.at(-1)?.addedAt ?? 0
          await attachments.add({ ...row, addedAt: Math.max(row.addedAt, last + 1) })
          await attachmentBytes.put({ sha256: row.sha256, data })
        }),
      )
    },

    async remove(id) {
      await database.run(() =>
        database.transaction('rw', attachments, attachmentBytes, async () => {
          const row = readRow(AttachmentRowSchema, await attachments.get(id))
          if (row?.owner.startsWith(draftOwner('')) === true) await dropAttachments(database, [row])
        }),
      )
    },

    async copy(submissionId, draftKey) {
      const ids = Array.from({ length: MAX_PARTS }, mint)
      await database.run(() =>
        database.transaction('rw', entries, attachments, attachmentBytes, async () => {
          if ((await attachmentsOf(database, draftOwner(draftKey))).length > 0) return
          const gone = readRow(EntryRowSchema, await entries.get(submissionId))?.partsGone ?? []
          const rows = await attachmentsOf(database, entryOwner(submissionId))
          const good = rows.filter(({ sha256 }) => !gone.includes(sha256))
          const kept = await withBytes(database, good)
          const copies = kept.map((row, index) => ({ ...row, id: ids[index] ?? row.id }))
          await handOver(database, copies, draftOwner(draftKey))
        }),
      )
    },
  }
}

/** What a file is, by its content. @throws AttachmentError */
async function describe(name: string, data: Uint8Array<ArrayBuffer>) {
  if (data.length === 0) throw new AttachmentError('empty')
  const type = partTypeOf(data)
  if (type === undefined) throw new AttachmentError('type')
  const part = v.safeParse(PartSchema, {
    sha256: await fileDigest(data),
    name: shortName(name),
    type,
    bytes: data.length,
  })
  if (!part.success) throw new AttachmentError('name')
  return part.output
}

/** The beginning of a long name with its ending. */
function shortName(name: string): string {
  const ending = /\.[^.]{1,8}$/.exec(name)?.[0] ?? ''
  return name.length <= NAME_LENGTH ? name : name.slice(0, NAME_LENGTH - ending.length) + ending
}
