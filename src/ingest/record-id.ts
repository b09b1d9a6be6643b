import { sha256 } from '@noble/hashes/sha2.js'
import { base32nopad } from '@scure/base'
import type { RecordKind } from '#domain/record/kind.ts'
import { comparisonKey } from './fold.ts'

/** Sixty bits: with a million records the odds of one clash are about one in two million. */
const DIGEST_CHARS = 12

/**
 * The stable id of a record that comes from a source. The same title in the same region is the same record, however
 * it is spaced or punctuated and in either script, so that importing again updates and never doubles.
 * @param title without its column
 * @param regionCode GB/T 2260 code of the region the page files it under
 */
export function recordId(kind: RecordKind, title: string, regionCode: string): string {
  const identity = new TextEncoder().encode([kind, regionCode, comparisonKey(title) || title.trim()].join('\n'))
  return `${kind}-${base32nopad.encode(sha256(identity)).slice(0, DIGEST_CHARS).toLowerCase()}`
}
