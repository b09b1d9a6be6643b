import { createHash } from 'node:crypto'
import { canonicalJson } from '#domain/canonical-json.ts'
import type { ContentRecord } from '#domain/record/record.ts'

/**
 * Tells whether two records say the same. When something was looked at is no part of what it says, so `updatedAt` and
 * `source.retrievedAt` are left out, and the order of fields does not count.
 * @returns SHA-256, hexadecimal
 */
export function recordDigest(record: ContentRecord): string {
  const source = { ...record.source, retrievedAt: undefined }
  return createHash('sha256')
    .update(canonicalJson({ ...record, updatedAt: undefined, source }))
    .digest('hex')
}
