import { sha256Hex } from '#domain/digest.ts'
import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { type Phone, request } from './phone.ts'

/** A JPEG as far as anybody looks, of so many bytes. */
export function photo(size = 10, seed = 1): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed * 7) % 256)
  data.set([0xff, 0xd8, 0xff, 0xe0])
  return data
}

/** Two pieces and a little, and the digest it goes by. */
export const BIG = photo(2 * PART_CHUNK_BYTES + 5)

/** Adds a file to the form of `request`. */
export const add = (phone: Phone, data = photo(), name = '现场.jpg') =>
  phone.attachments.add(request.draftKey, { name, data })

/** Digests of what the server holds of the files of a request. */
export const held = (phone: Phone, id: string) => [...(phone.server.rows.get(id)?.parts.values() ?? [])].map(sha256Hex)
