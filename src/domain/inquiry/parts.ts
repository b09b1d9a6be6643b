import * as v from 'valibot'
import { Sha256Hex } from '../text.ts'
import { formLine } from './fields.ts'

/** How many files a request may carry, and how many bytes they may have together. */
export const MAX_PARTS = 10
export const MAX_PARTS_BYTES = 50 * 1024 * 1024
/** Most bytes of a file in one request. */
export const PART_CHUNK_BYTES = 256 * 1024

/** Photographs and PDF. */
export const PART_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const
export type PartType = (typeof PART_TYPES)[number]

const Size = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A file that goes with a request, named by its content. */
export const PartSchema = v.object({
  sha256: Sha256Hex,
  /** As the person's phone calls it. */
  name: formLine(120),
  type: v.picklist(PART_TYPES, 'parts.type'),
  bytes: v.pipe(Size, v.minValue(1, 'parts.empty')),
})
export type Part = v.InferOutput<typeof PartSchema>

/** The files of a request, in the person's order. */
export const PartsSchema = v.pipe(
  v.array(PartSchema),
  v.maxLength(MAX_PARTS, 'parts.tooMany'),
  v.check((parts) => totalBytes(parts) <= MAX_PARTS_BYTES, 'parts.tooLarge'),
  v.check((parts) => new Set(parts.map(({ sha256 }) => sha256)).size === parts.length, 'parts.twice'),
)

export function totalBytes(parts: readonly Pick<Part, 'bytes'>[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** The answer to `PUT /api/inquiries/{submissionId}/parts/{sha256}`: how much of the file is stored durably. */
export const PartProgressSchema = v.object({
  sha256: Sha256Hex,
  /** Bytes from the file's beginning without a gap: where the next request goes on. */
  offset: Size,
  /** All are there, and they have the digest. */
  complete: v.boolean(),
})
export type PartProgress = v.InferOutput<typeof PartProgressSchema>

/** How many bytes of a file `partTypeOf` needs. */
export const SIGNATURE_BYTES = 16

const HEIF_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'])

/**
 * What a file is by its first bytes, whatever it is called: PNG (ISO/IEC 15948, 5.2), JPEG (ITU-T T.81, B.2), WebP (RFC 9649,
 * 2.4), HEIF (ISO/IEC 23008-12, `ftyp`), PDF (ISO 32000-1, 7.5.2).
 * @returns undefined when it is none that a request may carry
 */
export function partTypeOf(start: Uint8Array): PartType | undefined {
  const text = String.fromCharCode(...start.subarray(0, SIGNATURE_BYTES))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  if (text.slice(4, 8) === 'ftyp' && HEIF_BRANDS.has(text.slice(8, 12))) return 'image/heic'
  return text.startsWith('%PDF-') ? 'application/pdf' : undefined
}
