import { randomBytes } from 'node:crypto'
import { type PartProgress, partTypeOf, SIGNATURE_BYTES } from '#domain/inquiry/parts.ts'
import type { PartRow } from '../db/schema.ts'
import { firstBytes, hasItsDigest } from './part-content.ts'
import { chunksOf, findPart } from './part-rows.ts'
import type { InquiryStores } from './stores.ts'

/** Some bytes of a file, as they came. */
interface Piece {
  /** Where in the file they begin. */
  start: number
  bytes: Uint8Array
}

/**
 * What became of them. `offset`: they do not begin where the file goes on. `type`: the content is not of the announced type.
 * `digest`: all were there, and are another file. After the last two nothing of the file is kept.
 */
export type Taken =
  | { outcome: 'progress'; progress: PartProgress }
  | { outcome: 'offset'; offset: number }
  | { outcome: 'type' | 'digest' }

/**
 * Adds bytes to a file: stored first, then counted, and counted only if the file still ends where they begin. So any number of
 * processes may be sent the same bytes; one of them counts.
 * @param part as just read
 * @param now milliseconds since 1970 (UTC)
 * @throws AttachmentStoreError
 */
export async function takePiece(
  stores: InquiryStores,
  part: PartRow,
  { start, bytes }: Piece,
  now: number,
): Promise<Taken> {
  if (part.complete_at !== null) return progressOf(part)
  // Left so by a crash between counting the last piece and looking at the whole.
  if (part.received === part.bytes) return finish(stores, part, now)
  if (start !== part.received) return { outcome: 'offset', offset: part.received }
  if (bytes.length === 0) return progressOf(part)
  const longer = { ...part, received: start + bytes.length }
  if (await isOtherType(stores, part, bytes)) {
    await startOver(stores, part)
    return { outcome: 'type' }
  }
  const blob = `${part.submission_id}/${part.sha256}/${start}-${randomBytes(8).toString('hex')}`
  await stores.attachments.put(blob, bytes)
  if (await count(stores, part, { blob, start, bytes: bytes.length }))
    return longer.received === part.bytes ? finish(stores, longer, now) : progressOf(longer)
  await stores.attachments.drop([blob])
  return asItIsNow(stores, part)
}

async function isOtherType(stores: InquiryStores, part: PartRow, bytes: Uint8Array): Promise<boolean> {
  const needed = Math.min(SIGNATURE_BYTES, part.bytes)
  if (part.received >= needed || part.received + bytes.length < needed) return false
  return partTypeOf(Buffer.concat([await firstBytes(stores, part), bytes])) !== part.type
}

/** @returns false when another request was faster, or the inquiry was withdrawn */
async function count(
  { database }: InquiryStores,
  { submission_id, sha256 }: PartRow,
  chunk: { blob: string; start: number; bytes: number },
): Promise<boolean> {
  return database.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('part')
      .set({ received: chunk.start + chunk.bytes })
      .where('submission_id', '=', submission_id)
      .where('sha256', '=', sha256)
      .where('received', '=', chunk.start)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await trx
      .insertInto('part_chunk')
      .values({ submission_id, sha256, ...chunk })
      .execute()
    return true
  })
}

async function finish(stores: InquiryStores, part: PartRow, now: number): Promise<Taken> {
  if (!(await hasItsDigest(stores, part))) {
    await startOver(stores, part)
    return { outcome: 'digest' }
  }
  await stores.database.db
    .updateTable('part')
    .set({ complete_at: now })
    .where('submission_id', '=', part.submission_id)
    .where('sha256', '=', part.sha256)
    .where('complete_at', 'is', null)
    .where('received', '=', part.bytes)
    .execute()
  return asItIsNow(stores, part)
}

/** Forgets what has come of a file, unless it has changed meanwhile. */
async function startOver({ database, attachments }: InquiryStores, part: PartRow): Promise<void> {
  const { submission_id, sha256 } = part
  const blobs = await database.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('part')
      .set({ received: 0 })
      .where('submission_id', '=', submission_id)
      .where('sha256', '=', sha256)
      .where('received', '=', part.received)
      .where('complete_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return []
    const names = await chunksOf(trx, part)
    await trx.deleteFrom('part_chunk').where('submission_id', '=', submission_id).where('sha256', '=', sha256).execute()
    return names
  })
  await attachments.drop(blobs)
}

/** What the database says once another request may have changed it; what is gone was withdrawn. */
async function asItIsNow({ database }: InquiryStores, part: PartRow): Promise<Taken> {
  const now = await findPart(database.db, part)
  if (now === undefined) return { outcome: 'progress', progress: nothingMoreWanted(part.sha256, part.bytes) }
  return now.complete_at === null ? { outcome: 'offset', offset: now.received } : progressOf(now)
}

/** The answer about a file of an inquiry that was withdrawn or erased: the phone need not send it. */
export function nothingMoreWanted(sha256: string, offset: number): PartProgress {
  return { sha256, offset, complete: true }
}

function progressOf({ sha256, received, complete_at }: PartRow): Taken {
  return { outcome: 'progress', progress: { sha256, offset: received, complete: complete_at !== null } }
}
