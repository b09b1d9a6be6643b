import type { Dexie, IndexableType, Table } from 'dexie'
import { ALL_KEYS, type CopyDatabase, type KeyRange } from './copy-database.ts'
import { type MineDatabase, COPY_TAKEN_OVER, type RawRow } from './database.ts'

/** Rows of one table that were changed. */
export interface Change extends KeyRange {
  table: string
}

/** Names of what is copied: all but who is sending, which no other opening may take for true. */
export function copiedTables({ tables, leases }: MineDatabase): string[] {
  return tables.map(({ name }) => name).filter((name) => name !== leases.name)
}

/** Adds the rows of the copy beside those that are there, and writes down that this was done, in one transaction. */
export async function fillFromCopy(copy: CopyDatabase, database: Dexie, names: readonly string[]): Promise<void> {
  const all = await Promise.all(names.map(async (name) => ({ name, rows: await copy.rowsOf(name) })))
  await database.transaction('rw', database.tables, async () => {
    for (const { name, rows } of all) {
      const table: Table<RawRow, IndexableType> = database.table(name)
      // What stands there under the same key is newer. Rows of the attic, which have none of their own, get the next.
      const add = (row: RawRow) => table.add(row).catch('ConstraintError', () => undefined)
      await Promise.all(rows.map(add))
    }
    await database.table('leases').put({ name: COPY_TAKEN_OVER })
  })
}

/** Makes the copy of a range of rows what the database holds there now. */
export async function copyChange(database: MineDatabase, copy: CopyDatabase, change: Change): Promise<void> {
  const { table: name, from, to } = change
  if (name === database.attachmentBytes.name && from === ALL_KEYS.from) return copyAllBytes(database, copy)
  const table: Table<RawRow, IndexableType> = database.table(name)
  const [keys, rows] = await database.run(() =>
    database.transaction('r', table, () => {
      const range = table.where(':id').between(from, to, true, true)
      return Promise.all([range.primaryKeys(), range.toArray()])
    }),
  )
  await copy.replace(name, change, keys, rows)
}

/** Bytes lie under their digest and never change: only what one of the two has not is touched. */
async function copyAllBytes(database: MineDatabase, copy: CopyDatabase): Promise<void> {
  const { attachmentBytes } = database
  const here: IndexableType[] = await database.run(() => attachmentBytes.toCollection().primaryKeys())
  const there = await copy.keysOf(attachmentBytes.name)
  const differing = [...here.filter((key) => !there.includes(key)), ...there.filter((key) => !here.includes(key))]
  for (const key of differing) await copyChange(database, copy, { table: attachmentBytes.name, from: key, to: key })
}
