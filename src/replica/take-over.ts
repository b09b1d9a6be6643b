import type { Transaction } from 'dexie'
import { sha256Hex } from '#domain/digest.ts'
import { listFacts } from '#domain/record/list-facts.ts'
import { splitRecord } from '#domain/record/split.ts'
import { rowOf } from './rows.ts'
import { type Body, FIRST_COPY, type Row, type TakenOver, type Volume } from './store.ts'
import { bind, type BodyTables, type Texts } from './volumes.ts'

/** Rows read and written at once, so that a slow phone answers to a finger in between. */
const AT_ONCE = 50

/** What the first version of the database holds of a record. */
interface WholeRow {
  id: string
  kind: string
  record: Record<string, unknown>
}

/**
 * Parts the whole records of the first version into lists and bodies, so that a phone that updates on the way and has no network
 * at the site has lost nothing. The digests are the feed's own, and so no text has to be fetched a second time.
 * @param extent all, or the lists alone, or nothing: the old rows go only with the end of the transaction
 * @param onProgress called with some of them
 */
export async function takeOverWholeRecords(trx: Transaction, extent: TakenOver, onProgress: () => void): Promise<void> {
  const meta = trx.table<{ key: string; shelf?: 'recordsA' | 'recordsB'; at?: number }, string>('meta')
  const state = trx.table('state')
  const [cursor, contact] = [await meta.get('cursor'), await meta.get('contact')]
  if (cursor?.shelf !== undefined && extent !== 'nothing') {
    const version = await takeOver(trx, cursor.shelf, extent === 'all', onProgress)
    await state.put({ key: 'cursor', epoch: FIRST_COPY, version, filling: FIRST_COPY, shelf: 'listA' })
  }
  if (contact !== undefined) await state.put(contact)
  await Promise.all(['recordsA', 'recordsB', 'meta'].map((table) => trx.table(table).clear()))
}

/** @returns how many */
async function takeOver(trx: Transaction, shelf: string, hasBodies: boolean, onProgress: () => void): Promise<number> {
  const from = trx.table<WholeRow, string>(shelf)
  const lists = trx.table<Row, string>('listA')
  const bodyTables: BodyTables = {
    volumes: trx.table<Volume, number>('volumes'),
    texts: trx.table<Texts, number>('texts'),
  }
  let rows: WholeRow[] = []
  let n = 0
  do {
    rows = await from
      .where('id')
      .above(rows.at(-1)?.id ?? '')
      .limit(AT_ONCE)
      .toArray()
    const parted = rows.map((row) => part(row, ++n))
    await lists.bulkPut(parted.map(({ row }) => row))
    if (hasBodies)
      await bind(
        bodyTables,
        parted.map(({ body }) => body),
      )
    onProgress()
  } while (rows.length === AT_ONCE)
  return n
}

const utf8 = new TextEncoder()

/** @param n stands for the version, which the first form of the feed did not say */
function part({ id, kind, record }: WholeRow, n: number) {
  const { short, rest } = splitRecord(record)
  const bytes = utf8.encode(JSON.stringify(rest))
  const body: Body = { sha256: sha256Hex(bytes), bytes }
  const ref = { sha256: body.sha256, bytes: bytes.byteLength }
  return { row: rowOf({ op: 'put', v: n, id, kind, record: short, body: ref, ...listFacts(record) }), body }
}
