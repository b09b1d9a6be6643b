import type { Dexie, IndexableType, Table } from 'dexie'
import { ALL_KEYS, type CopyDatabase, type KeyRange } from './copy-database.ts'
import { type MineDatabase, COPY_TAKEN_OVER, type RawRow } from './database.ts'

/** Rows of one table that were changed. */
export interface Change extends KeyRange {
  table: string
}

const BYTES = 'attachmentBytes'
const LEASES = 'leases'

/** Names of what is copied: all but who is sending, which no other opening may take for true. */
export function copiedTables(database: Dexie): string[] {
  return database.tables.map(({ name }) => name).filter((name) => name !== LEASES)
}

/**
 * Adds the rows of the copy to a database that was made anew, beside what stands there since, and writes down that this was done.
 * Nothing is added once it was, by another tab too: what has gone since would come back.
 */
export async function takeOver(copy: CopyDatabase, database: Dexie): Promise<void> {
  const unlessTaken = (work: () => Promise<unknown>) =>
    database.transaction('rw', database.tables, async () => {
      if (!(await isTakenOver(database))) await work()
    })
  if (await isTakenOver(database)) return
  // One by one, for files are large, and before the rows that name them.
  for (const key of await copy.keysOf(BYTES)) {
    const rows = await copy.rowsOf(BYTES, { from: key, to: key })
    await unlessTaken(() => addMissing(database.table(BYTES), rows))
  }
  const names = copiedTables(database).filter((name) => name !== BYTES)
  const all = await Promise.all(names.map(async (name) => ({ name, rows: await copy.rowsOf(name, ALL_KEYS) })))
  await unlessTaken(async () => {
    for (const { name, rows } of all) await addMissing(database.table(name), rows)
    await database.table(LEASES).put({ name: COPY_TAKEN_OVER })
  })
}

async function isTakenOver(database: Dexie): Promise<boolean> {
  return (await database.table(LEASES).get(COPY_TAKEN_OVER)) !== undefined
}

/**
 * What stands there under the same key is newer. A request whose token has gone to another of its draft since gets one of its own,
 * as in `submit.ts`; rows of the attic, which have no key of their own, get the next.
 */
async function addMissing(table: Table<RawRow, IndexableType>, rows: readonly RawRow[]): Promise<void> {
  for (const row of rows) {
    await table.add(row).catch('ConstraintError', async () => {
      const { draftToken: token, id } = row
      if (typeof token !== 'string' || typeof id !== 'string') return
      const draftToken = `${token}/${id}`
      await table.add({ ...row, draftToken }).catch('ConstraintError', () => undefined)
    })
  }
}

/** Makes the copy of a range of rows what the database holds there now. */
export async function copyChange(database: MineDatabase, copy: CopyDatabase, change: Change): Promise<void> {
  const { table: name, from, to } = change
  if (name === BYTES && from === ALL_KEYS.from) return copyAllBytes(database, copy)
  const [keys, rows] = await read(database, name, (table) => {
    const range = table.where(':id').between(from, to, true, true)
    return Promise.all([range.primaryKeys(), range.toArray()])
  })
  await copy.replace(name, change, keys, rows)
}

/** Bytes lie under their digest and never change: only what one of the two has not is touched. */
async function copyAllBytes(database: MineDatabase, copy: CopyDatabase): Promise<void> {
  const here = await read(database, BYTES, (table) => table.toCollection().primaryKeys())
  const there = await copy.keysOf(BYTES)
  const differing = [...here.filter((key) => !there.includes(key)), ...there.filter((key) => !here.includes(key))]
  for (const key of differing) await copyChange(database, copy, { table: BYTES, from: key, to: key })
}

/** Reads what is to be copied. @throws Error when the database was made anew: it must not empty what it has not taken over */
function read<T>(
  database: MineDatabase,
  name: string,
  work: (table: Table<RawRow, IndexableType>) => PromiseLike<T>,
): Promise<T> {
  const table: Table<RawRow, IndexableType> = database.table(name)
  return database.run(() =>
    database.transaction('r', table, database.leases, async () => {
      if (!(await isTakenOver(database))) throw new Error('The database was made anew: take over its copy first')
      return work(table)
    }),
  )
}
