import type { Table, Transaction } from 'dexie'
import { v4 as uuid } from 'uuid'
import { type Block, BLOCK_ROWS, blockOf, listLineOf } from './blocks.ts'
import { EARLIER_STATE } from './database.ts'
import type { Cursor, Row, TakenOver } from './store.ts'

/**
 * Brings the lists of the second and third version, a row for each record, into blocks: a phone that updates on the way has lost nothing.
 * @param extent the lists, or nothing where there is no room: the old rows go only with the end of the transaction
 * @param onProgress called with each block
 */
export async function takeOverShelves(trx: Transaction, extent: TakenOver, onProgress: () => void): Promise<void> {
  const state = trx.table<Record<string, unknown>, string>('state')
  const cursor = (await state.get('cursor')) as (Cursor & { shelf: string }) | undefined
  const contact = await state.get('contact')
  if (cursor !== undefined && extent !== 'nothing') {
    await takeOver(trx.table<Row, string>(cursor.shelf), trx.table<Block, string>('blocks'), onProgress)
    await state.put({ key: 'position', epoch: cursor.epoch, version: cursor.version, filling: uuid() })
  }
  if (contact !== undefined) await state.put({ ...contact, key: 'confirmed' })
  await state.bulkDelete(EARLIER_STATE)
  await Promise.all(['listA', 'listB'].map((shelf) => trx.table(shelf).clear()))
}

/** What was withdrawn has no place, and no block. */
async function takeOver(
  shelf: Table<Row, string>,
  blocks: Table<Block, string>,
  onProgress: () => void,
): Promise<void> {
  for (let after = ''; ;) {
    const rows = await shelf.where('place').above(after).limit(BLOCK_ROWS).toArray()
    const last = rows.at(-1)
    if (last === undefined) return
    await blocks.put(blockOf(rows.map((row) => ({ ...row, bytes: listLineOf(row).bytes }))))
    after = last.place
    onProgress()
  }
}
