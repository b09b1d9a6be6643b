import { createHash } from 'node:crypto'
import { SIGNATURE_BYTES } from '#domain/inquiry/parts.ts'
import type { PartRow } from '../db/schema.ts'
import { chunksOf } from './part-rows.ts'
import type { InquiryStores } from './stores.ts'

/** A piece that the database names is not in the attachment store, as after a restore of one without the other. */
export class LostPieceError extends Error {
  override name = 'LostPieceError'
}

/**
 * The bytes of a file, as far as they have come, piece by piece.
 * @throws LostPieceError, AttachmentStoreError
 */
export async function* partContent(
  { database, attachments }: InquiryStores,
  part: PartRow,
): AsyncGenerator<Uint8Array, void> {
  for (const blob of await chunksOf(database.db, part)) {
    const bytes = await attachments.read(blob)
    if (bytes === undefined) throw new LostPieceError(`A piece of ${part.sha256} is lost`)
    yield bytes
  }
}

/** As many of them as say what a file is. A lost piece ends them, so that they say nothing. */
export async function firstBytes(stores: InquiryStores, part: PartRow): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const bytes of partContent(stores, part)) {
      pieces.push(bytes)
      size += bytes.length
      if (size >= SIGNATURE_BYTES) break
    }
  } catch (error) {
    if (!(error instanceof LostPieceError)) throw error
  }
  return Buffer.concat(pieces)
}

/**
 * Whether what is stored is the file that was announced; it is not where a piece is lost.
 * @throws AttachmentStoreError
 */
export async function hasItsDigest(stores: InquiryStores, part: PartRow): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const bytes of partContent(stores, part)) hash.update(bytes)
  } catch (error) {
    if (error instanceof LostPieceError) return false
    throw error
  }
  return hash.digest('hex') === part.sha256
}
