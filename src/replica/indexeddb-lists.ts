import { Dexie } from 'dexie'
import { v4 as uuid } from 'uuid'
import { BLOCK_ROWS, type Block, blocksOf, lineOf, linesByKind, rowOfLine, rowsOf } from './blocks.ts'
import { type ContentDatabase, inLists, storedCursor } from './database.ts'
import { isRow } from './rows.ts'
import { type Cursor, type ListFile, type Row, sameCursor } from './store.ts'

/**
 * Puts a list in the place of the copy, in one transaction: all of it has come and is checked before.
 * @param expected the cursor that the decision rested on
 * @returns false when the copy has changed since; nothing is written then
 */
export async function replaceLists(
  db: ContentDatabase,
  list: ListFile,
  expected: Cursor | undefined,
): Promise<boolean> {
  const kinds = await linesByKind(list)
  return inLists(db, 'rw', async () => {
    if (!sameCursor(await storedCursor(db), expected)) return false
    await Promise.all([db.blocks.clear(), db.changes.clear()])
    for (const block of blocksOf(kinds)) await putBlock(block)
    const { epoch, version, head = version } = list
    await db.state.put({ key: 'position', epoch, version, filling: uuid(), head })
    return true
  })
}

/**
 * Writes a block past Dexie, which would note each id in it for whoever watches the lists, and tell all of them at once in the end. Who
 * watches lists hears of the position that moves with them.
 */
function putBlock(block: Block): PromiseLike<void> {
  const request = Dexie.currentTransaction.idbtrans.objectStore('blocks').put(block)
  return new Dexie.Promise<void>((resolve, reject) => {
    request.onsuccess = () => resolve()
    request.onerror = (event) => {
      // As Dexie does it: who awaits this says what becomes of the transaction.
      event.preventDefault()
      event.stopPropagation()
      reject(request.error ?? new Error('The block was not written'))
    }
  })
}

/** A record as it is now. Call it inside a transaction over the lists, as the next one. */
export async function rowById(db: ContentDatabase, id: string): Promise<Row | undefined> {
  const changed = await db.changes.get(id)
  if (changed !== undefined) return isRow(changed) ? changed : undefined
  const block = await db.blocks.where('ids').equals(id).first()
  const line = block && lineOf(block, id)
  return line && rowOfLine(line)
}

/** Records as they are now, in the order of lists, between two places. */
export async function rowsBetween(db: ContentDatabase, after: string, to: string, limit: number): Promise<Row[]> {
  const changed = await db.changes.where('place').between(after, to, false, false).limit(limit).toArray()
  const superseded = new Set(await db.changes.toCollection().primaryKeys())
  const rows: Row[] = changed.filter(isRow)
  // What comes after the last of as many as are wanted is of no use.
  const end = changed.length === limit ? (changed.at(-1) as Row).place : to
  const isWanted = ({ id, place }: Row) => place > after && place < to && !superseded.has(id)
  let at = (await db.blocks.where('from').belowOrEqual(after).lastKey()) as string | undefined
  for (let lacking = limit, isFirst = true; lacking > 0; isFirst = false) {
    // Of the block in which the last page ended nothing more may be wanted.
    const count = Math.ceil(lacking / BLOCK_ROWS) + (isFirst ? 1 : 0)
    const range = db.blocks.where('from').between(at ?? after, end, isFirst, false)
    const read = (await range.limit(count).toArray()).map(rowsOf)
    rows.push(...read.flat().filter(isWanted))
    if (read.length < count) break
    const reached = read.at(-1)!
    at = reached[0]!.place
    lacking = limit - rows.filter(({ place }) => place <= reached.at(-1)!.place).length
  }
  return rows.sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, limit)
}
