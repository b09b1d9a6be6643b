import * as v from 'valibot'
import type { RecordKind } from '#domain/record/kind.ts'
import { type ContentRecord, ContentRecordSchema, type RecordOf } from '#domain/record/record.ts'
import { newestFirst } from '#domain/record/order.ts'
import type { Row } from './store.ts'

/** Turns raw rows into typed records. */
interface Reader {
  /** @returns undefined for a record of another kind, or one that this app cannot read: a newer app will */
  read<K extends RecordKind>(kind: K, row: Row): RecordOf<K> | undefined
  /** The readable ones: newest `publishedAt` first, then by id. */
  readList<K extends RecordKind>(kind: K, rows: readonly Row[]): RecordOf<K>[]
}

/** Parses every record once for as long as it stays the same. */
export function createReader(): Reader {
  const parsed = new Map<string, { stamp: string; record: ContentRecord | undefined }>()

  function parse(row: Row): ContentRecord | undefined {
    const known = parsed.get(row.id)
    if (known?.stamp === row.stamp) return known.record
    const result = v.safeParse(ContentRecordSchema, row.record)
    const record = result.success && result.output.id === row.id ? result.output : undefined
    parsed.set(row.id, { stamp: row.stamp, record })
    return record
  }

  function read<K extends RecordKind>(kind: K, row: Row): RecordOf<K> | undefined {
    const record = parse(row)
    return record?.kind === kind ? (record as RecordOf<K>) : undefined
  }

  return {
    read,
    readList: (kind, rows) =>
      rows
        .map((row) => read(kind, row))
        .filter((record) => record !== undefined)
        .sort(newestFirst),
  }
}
