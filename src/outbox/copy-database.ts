import { Dexie, type IndexableType } from 'dexie'
import type { RawRow } from './database.ts'

/** Primary keys from one to another, both of them with it. */
export interface KeyRange {
  from: IndexableType
  to: IndexableType
}

/** Every key that a table may have. */
export const ALL_KEYS: KeyRange = { from: Dexie.minKey, to: Dexie.maxKey }

/** Rows of many tables in one, under the name of the table and their key in it: no table of the person's needs a version here. */
export class CopyDatabase extends Dexie {
  /** @param indexedDB of the bucket that holds it */
  constructor(name: string, indexedDB: IDBFactory) {
    super(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict', cache: 'disabled' })
    this.version(1).stores({ rows: '' })
  }

  async keysOf(table: string): Promise<IndexableType[]> {
    return (await this.within(table, ALL_KEYS).primaryKeys()).map(([, key]) => key)
  }

  rowsOf(table: string, range: KeyRange): Promise<RawRow[]> {
    return this.within(table, range).toArray()
  }

  /** Makes these the rows of a table within a range. */
  async replace(
    table: string,
    range: KeyRange,
    keys: readonly IndexableType[],
    rows: readonly RawRow[],
  ): Promise<void> {
    await this.transaction('rw', this.rows, async () => {
      await this.within(table, range).delete()
      await Promise.all(keys.map((key, at) => this.rows.put(rows[at]!, [table, key])))
    })
  }

  private get rows() {
    return this.table<RawRow, [table: string, key: IndexableType]>('rows')
  }

  private within(table: string, { from, to }: KeyRange) {
    return this.rows.where(':id').between([table, from], [table, to], true, true)
  }
}
