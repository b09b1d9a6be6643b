import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { type PartOutcome, readPartAnswer } from './answer.ts'
import { unsentAttachments } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { eventOf, lostEvent } from './event-of.ts'
import type { FileBytes } from './file-bytes.ts'
import { record } from './journal.ts'
import type { Platform } from './platform.ts'
import { bearer, partUrl, request } from './request.ts'
import type { AttachmentRow, EntryRow } from './rows.ts'
import type { Event } from './event.ts'

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
  const next = await nextPiece(database, entry, files)
  // What is no longer on this phone cannot be sent: the request is as complete as it can become.
  if (next === undefined) {
    await record(database, entry.id, () => ({ type: 'partSent', at: platform.now(), left: 0 }))
    return 'held'
  }
  const { part, piece } = next
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
  await record(database, entry.id, (now) => written(database, platform, now, part, outcome))
  if (outcome.type !== 'held') files.drop()
  // A server that comes no further is waited for like one that does not answer.
  return outcome.type === 'held' && outcome.offset <= part.sent ? 'retry' : outcome.type
}

async function nextPiece(database: MineDatabase, entry: EntryRow, files: FileBytes) {
  const { attachments, attachmentBytes } = database
  return database.run(() =>
    database.transaction('r', attachments, attachmentBytes, async () => {
      for (const part of await unsentAttachments(database, entry)) {
        const data = await files.read(database, part.sha256)
        if (data !== undefined) return { part, piece: data.slice(part.sent, part.sent + PART_CHUNK_BYTES) }
      }
      return undefined
    }),
  )
}

async function written(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'random'>,
  entry: EntryRow,
  part: AttachmentRow,
  outcome: PartOutcome,
): Promise<Event | undefined> {
  if (outcome.type === 'notThere') return lostEvent(database, entry, platform)
  if (outcome.type !== 'held') return eventOf(outcome, entry, platform)
  // Another tab may have sent the rest meanwhile, or the person taken it back: a late answer tells nothing any more.
  if (entry.state !== 'attaching') return undefined
  await database.attachments.update(part.id, { sent: outcome.offset })
  if (outcome.offset <= part.sent) return eventOf({ type: 'retry', reason: 'notUnderstood' }, entry, platform)
  return { type: 'partSent', at: platform.now(), left: (await unsentAttachments(database, entry)).length }
}
