import type { RecordKind } from './kind.ts'
import { ownFiles } from './own-files.ts'
import type { RecordOf } from './record.ts'
import { type LongField, splitRecord } from './split.ts'

/** `Omit` of each member of a union, which `Omit` itself would melt into one. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** Rows on a page of a list: what a phone draws at once, and what a first visit has to carry. */
export const LIST_PAGE_SIZE = 20

/** A record without what is long. */
export type ShortRecord<K extends RecordKind> = Without<RecordOf<K>, LongField>

/** A record as lists show it. */
export type ListItem<K extends RecordKind = RecordKind> = ShortRecord<K> & {
  /** 仅收录标题: there is neither a text nor a summary. */
  titleOnly: boolean
  /** Pictures and attachments that are files of this site, by path. */
  files: string[]
}

/** A record's page shows this much while the rest has not come. */
export type ShownRecord<K extends RecordKind = RecordKind> = WithoutNeed<RecordOf<K>, LongField> & {
  /** As the list has it; a whole record says by itself. */
  titleOnly?: boolean
}
type WithoutNeed<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> & Partial<Pick<T, K & keyof T>> : never

/** Shortens a record for lists. */
export function listItemOf<K extends RecordKind>(record: RecordOf<K>): ListItem<K> {
  const files = ownFiles(record).map(({ path }) => path)
  return { ...splitRecord(record).short, titleOnly: isTitleOnly(record), files } as unknown as ListItem<K>
}

/** 仅收录标题 */
export function isTitleOnly({ body, summary }: { body?: unknown; summary: string }): boolean {
  return body === undefined && summary === ''
}
