import * as v from 'valibot'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import { ContentRecordSchema, type RecordOf } from '#domain/record/record.ts'
import { ShortRecordSchema } from '#domain/record/short-record.ts'
import type { Row } from './store.ts'

/**
 * What lists show of a row.
 * @returns undefined for one that this app cannot read: a newer app will
 */
export function readItem(row: Row): ListItem | undefined {
  const { success, output } = v.safeParse(ShortRecordSchema, row.record)
  if (!success || output.id !== row.id || output.kind !== row.kind) return undefined
  return { ...output, titleOnly: row.titleOnly, files: row.files.map(({ path }) => path) }
}

/**
 * The whole record, put together again.
 * @param body text of its body
 * @returns undefined for one of another kind, or that this app cannot read
 */
export function readRecord<K extends RecordKind>(kind: K, row: Row, body: string): RecordOf<K> | undefined {
  const { success, output } = v.safeParse(ContentRecordSchema, { ...row.record, ...parsed(body) })
  return success && output.id === row.id && output.kind === kind ? (output as RecordOf<K>) : undefined
}

/** Whether this app can read the whole record. */
export function isReadable(row: Row, body: string): boolean {
  return readRecord(row.kind as RecordKind, row, body) !== undefined
}

function parsed(body: string): object {
  const value: unknown = JSON.parse(body)
  return typeof value === 'object' && value !== null ? value : {}
}
