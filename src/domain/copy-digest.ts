import { canonicalJson } from './canonical-json.ts'
import { sha256OfText } from './digest.ts'

/** A state of the content, wherever it is held, and what it comes to. Two that hold the same have the same digest. */
export interface CopyDigest {
  epoch: string
  version: number
  /** SHA-256, hexadecimal. */
  digest: string
}

/** One record of a copy, as the feed carries it: list fields, and the digest of the rest. */
interface Held {
  id: string
  v: number
  record: Record<string, unknown>
  body: { sha256: string }
}

/** SHA-256 over every record of a copy, with its version and its body's digest, in the order of ids by code unit; hexadecimal. */
export function digestOf(records: readonly Held[]): string {
  const lines = [...records]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, v, record, body }) => `${id} ${v} ${body.sha256} ${canonicalJson(record)}\n`)
  return sha256OfText(lines.join(''))
}
