import type { ListItem, ShownRecord } from '#domain/record/list-item.ts'
import { LONG_FIELDS } from '#domain/record/split.ts'

/** What no list shows, and what follows from the release that reads a record, not from the record. */
const LEFT_OUT: readonly string[] = [...LONG_FIELDS, 'titleOnly', 'files']

/**
 * Tells two versions of a record apart by what lists show of it: 32 bits (FNV-1a), which one version in four thousand million
 * shares with the next. The same for the same record, whether it came with a page or from the phone.
 */
export function fingerprint(item: ListItem | ShownRecord): string {
  const fields = Object.entries(item).filter(([field]) => !LEFT_OUT.includes(field))
  const text = JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
