import { canonicalJson } from './canonical-json.ts'
import { sha256OfText } from './digest.ts'

/** A state of the content, wherever it is held, and what it comes to. Two that hold the same have the same digest. */
export interface CopyDigest {
  epoch: string
  version: number
  /** SHA-256, hexadecimal. */
  digest: string
}

/** One record of a copy, as the feed carries it. */
interface Held {
  id: string
  record: Record<string, unknown>
}

/** SHA-256 over every record of a copy, in the order of their ids by code unit; hexadecimal. */
export function digestOf(records: readonly Held[]): string {
  const lines = [...records]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, record }) => `${id} ${canonicalJson(record)}\n`)
  return sha256OfText(lines.join(''))
}
