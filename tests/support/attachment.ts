import { createHash, randomBytes } from 'node:crypto'
import type { Part } from '#domain/inquiry/parts.ts'
import type { FrozenInquiry } from './letter.ts'

/** A file as a phone holds it. */
export interface Attachment {
  bytes: Uint8Array<ArrayBuffer>
  /** How the inquiry announces it. */
  part: Part
}

const SIGNATURES = { 'application/pdf': '%PDF-1.7\n', 'image/png': '\x89PNG\r\n\x1a\n' } as const

/** A file of this size that begins as its type does; behind that it is noise. */
export function attachment(
  size: number,
  { type = 'application/pdf', name = '营业执照.pdf' }: { type?: keyof typeof SIGNATURES; name?: string } = {},
): Attachment {
  const bytes = new Uint8Array(randomBytes(size))
  bytes.set(Buffer.from(SIGNATURES[type], 'latin1').subarray(0, size))
  return { bytes, part: { sha256: createHash('sha256').update(bytes).digest('hex'), name, type, bytes: size } }
}

/** The request that sends bytes `from` up to `to` of a file. */
export function piece(
  { submissionId, trackingKey }: FrozenInquiry,
  { bytes, part }: Attachment,
  from = 0,
  to = bytes.length,
): { path: string; init: RequestInit & { headers: Record<string, string> } } {
  return {
    path: `/api/inquiries/${submissionId}/parts/${part.sha256}`,
    init: {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${trackingKey}`,
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${from}-${to - 1}/${bytes.length}`,
      },
      body: bytes.subarray(from, to),
    },
  }
}
