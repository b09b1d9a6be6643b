import * as v from 'valibot'
import { linesOf } from '../lines.ts'
import { type Copy, copyReader, storedRowOf, type StoredRow } from './copy-reader.ts'
import type { DocumentSource } from './follow.ts'
import { searchDocument } from './search-document.ts'
import type { SearchDocument } from './document.ts'

/** Blocks of rows read at a time. */
const BLOCKS = 4
/** Documents made at a time. */
const BATCH = 200

const Fields = v.record(v.string(), v.unknown())

/** A record whose document is yet to be made. */
interface News {
  v: number
  /** Parsed when it is made: until then it is held as the bytes that it is. */
  row: () => StoredRow
}

/**
 * The copy of the content as documents: a record is one with its list fields first, and another when its body has come.
 * @param name of the copy's database
 */
export function contentSource(name: string): DocumentSource {
  const reading = copyReader(name)

  return {
    state: () => reading(async ({ cursor: { filling, version }, turn }) => `${filling}:${version}:${await turn()}`),
    async *documents(isKnown) {
      const start = await reading(async (copy) => ({
        cursor: copy.cursor,
        here: new Set(await copy.bodies()),
        changes: await copy.changes(),
      }))
      if (start === undefined) return
      const { cursor, here, changes } = start
      // Of a copy that was replaced meanwhile nothing more is told: `state` is another, too.
      const readingOn = <T>(task: (copy: Copy) => Promise<T>) =>
        reading(async (copy) => (copy.cursor.filling === cursor.filling ? task(copy) : undefined))
      const superseded = new Set(changes.map(({ id }) => id))
      const news: News[] = []
      const ifKnown = (row: StoredRow, again: News['row']) => {
        if (isKnown(row.id, digestOf(cursor, row, here.has(row.body?.sha256 ?? '')))) return [row.id]
        news.push({ v: row.v, row: again })
        return []
      }
      yield { ids: changes.filter(isThere).flatMap((row) => ifKnown(row, () => row)), changed: [] }
      for (let after = ''; ;) {
        const blocks = await readingOn((copy) => copy.blocks(after, BLOCKS))
        const last = blocks?.at(-1)
        if (blocks === undefined) return
        if (last === undefined) break
        const lines = blocks.flatMap(({ bytes }) => [...linesOf(bytes)])
        const ids = lines.flatMap((line) => {
          const row = storedRowOf(line)
          return superseded.has(row.id) ? [] : ifKnown(row, () => storedRowOf(line))
        })
        yield { ids, changed: [] }
        after = last.from
      }
      // By version: what came together is kept together.
      news.sort((a, b) => a.v - b.v)
      for (let from = 0; from < news.length; from += BATCH) {
        const rows = news.slice(from, from + BATCH).map(({ row }) => row())
        const changed = await readingOn((copy) => documentsOf(copy, rows))
        if (changed === undefined) return
        yield { ids: rows.map(({ id }) => id), changed }
      }
    },
    read: async (ids) =>
      (await reading(async (copy) => {
        const rows = await Promise.all(ids.map(copy.row))
        return documentsOf(copy, rows.filter((row) => row !== undefined).filter(isThere))
      })) ?? [],
  }
}

/** What was withdrawn leaves its id for a while. */
const isThere = ({ record }: StoredRow) => record !== undefined

/** The same for the same record with, or without, its body. */
const digestOf = ({ epoch }: Copy['cursor'], { v: version }: StoredRow, hasBody: boolean) =>
  `${epoch}:${version}${hasBody ? '' : ':short'}`

/** As they are in this transaction. */
async function documentsOf({ cursor, text }: Copy, rows: readonly StoredRow[]): Promise<SearchDocument[]> {
  const documents: (SearchDocument | undefined)[] = []
  for (const row of rows) {
    const body = row.body && (await text(row.body.sha256))
    const rest = body === undefined ? {} : v.parse(Fields, JSON.parse(body))
    documents.push(searchDocument({ ...row.record, ...rest }, digestOf(cursor, row, body !== undefined)))
  }
  return documents.flatMap((document) => document ?? [])
}
