import { type PartOutcome, readPartAnswer } from './answer.ts'
import { unsentAttachments } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import type { Event } from './event.ts'
import { eventOf, lostEvent } from './event-of.ts'
import type { FileBytes } from './file-bytes.ts'
import { fileDigest } from './file-digest.ts'
import { record } from './journal.ts'
import { partsLeft } from './parts-left.ts'
import type { Platform } from './platform.ts'
import { bearer, partUrl, request } from './request.ts'
import type { AttachmentRow, EntryRow } from './rows.ts'

/**
 * Sends the next piece of the next file of a request, and writes down how far the server has come with it. Where it begins is
 * what we believe; the server answers with where it really goes on.
 * @param files keeps what was read for the next piece
 */
export async function sendPart(
  database: MineDatabase,
  platform: Platform,
  entry: EntryRow,
  files: FileBytes,
): Promise<PartOutcome['type']> {
  const next = await nextFile(database, entry, files)
  if ('tried' in next) {
    await record(database, entry.id, (now) => whenNothingIsLeft(database, platform, now, next.tried))
    return 'refused'
  }
  const { part, data } = next
  const piece = data.slice(part.sent, part.sent + files.piece.bytes)
  const end = part.sent + piece.length - 1
  const answer = await request(platform, partUrl(entry.id, part.sha256), {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Range': `bytes ${part.sent}-${end}/${part.bytes}`,
      ...bearer(entry),
    },
    body: piece,
  })
  const outcome = readPartAnswer(answer, part, platform.now())
  if (outcome.type !== 'held') files.drop()
  if (answer === 'unreachable') files.piece.noAnswer()
  if (outcome.type === 'held' && outcome.offset > part.sent) files.piece.arrived()
  // Damaged on the way, or here: what lies on the disk is another file by now, and will never be taken for this one.
  const isDamagedHere = outcome.type === 'damaged' && (await fileDigest(data)) !== part.sha256
  await record(database, entry.id, (now) =>
    isDamagedHere ? unreadable(platform, now, [part.sha256]) : written(database, platform, now, part, outcome),
  )
  // A server that comes no further is waited for like one that does not answer.
  return outcome.type === 'held' && outcome.offset <= part.sent ? 'retry' : outcome.type
}

/** The first file that can be sent, or those that cannot: their bytes are not there, or not as many as they were. */
async function nextFile(
  database: MineDatabase,
  entry: EntryRow,
  files: FileBytes,
): Promise<{ part: AttachmentRow; data: Uint8Array<ArrayBuffer> } | { tried: string[] }> {
  const { attachments, attachmentBytes } = database
  return database.run(() =>
    database.transaction('r', attachments, attachmentBytes, async () => {
      const unsent = await unsentAttachments(database, entry)
      for (const part of unsent) {
        const data = await files.read(database, part.sha256)
        if (data?.length === part.bytes) return { part, data }
      }
      return { tried: unsent.map(({ sha256 }) => sha256) }
    }),
  )
}

/** All of it has arrived, by another tab too; or the rest cannot be read, which a person must know. */
async function whenNothingIsLeft(
  database: MineDatabase,
  platform: Pick<Platform, 'now'>,
  entry: EntryRow,
  tried: readonly string[],
): Promise<Event | undefined> {
  // Set back by another tab meanwhile: there is something to send after all.
  if ((await unsentAttachments(database, entry)).some(({ sha256 }) => !tried.includes(sha256))) return undefined
  const left = await partsLeft(database, entry)
  return left.length === 0 ? { type: 'partSent', at: platform.now(), left: 0 } : unreadable(platform, entry, left)
}

function unreadable({ now }: Pick<Platform, 'now'>, { partsGone }: EntryRow, digests: readonly string[]): Event {
  return { type: 'partsUnreadable', at: now(), gone: [...new Set([...partsGone, ...digests])] }
}

async function written(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'random'>,
  entry: EntryRow,
  part: AttachmentRow,
  outcome: PartOutcome,
): Promise<Event | undefined> {
  if (outcome.type === 'notThere') return lostEvent(database, entry, platform)
  if (outcome.type !== 'held' && outcome.type !== 'damaged') return eventOf(outcome, entry, platform)
  // Another tab may have sent the rest meanwhile, or the person taken it back: a late answer tells nothing any more.
  if (entry.state !== 'attaching') return undefined
  const offset = outcome.type === 'held' ? outcome.offset : 0
  await database.attachments.update(part.id, { sent: offset })
  if (offset <= part.sent) return eventOf({ type: 'retry', reason: 'notUnderstood' }, entry, platform)
  return { type: 'partSent', at: platform.now(), left: (await partsLeft(database, entry)).length }
}
