import * as v from 'valibot'
import { answer } from './database.ts'
import type { DocumentSource } from './follow.ts'
import { searchDocument } from './search-document.ts'

/** Rows read at a time. */
const BATCH = 200

/* What is read here of `luodi-content`, whose owner is `database.ts` of the replica. */
const StoredRow = v.object({ id: v.string(), stamp: v.string(), record: v.unknown() })
const StoredRows = v.array(StoredRow)
const StoredCursor = v.object({ filling: v.string(), version: v.number(), shelf: v.string() })
type Cursor = v.InferOutput<typeof StoredCursor>

/**
 * The copy of the content, read in the worker without the library that its owner uses: it would be half of the worker's weight.
 * @param name of the copy's database
 */
export function contentSource(name: string): DocumentSource {
  let database: IDBDatabase | undefined

  /** Never makes the database, nor stands in the way of its owner. */
  async function opened(): Promise<IDBDatabase | undefined> {
    if (database !== undefined) return database
    const request = indexedDB.open(name)
    request.onupgradeneeded = () => request.transaction?.abort()
    try {
      database = await answer(request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined
      throw error
    }
    const forget = () => (database = undefined)
    database.onclose = forget
    database.onversionchange = (event) => {
      ;(event.target as IDBDatabase).close()
      forget()
    }
    return database
  }

  /** Reads in one transaction; undefined where there is no copy. */
  async function reading<T>(task: (rows: IDBObjectStore, cursor: Cursor) => Promise<T>): Promise<T | undefined> {
    const stores = await opened()
    if (stores === undefined) return undefined
    const transaction = stores.transaction([...stores.objectStoreNames], 'readonly')
    const cursor = v.parse(v.optional(StoredCursor), await answer(transaction.objectStore('meta').get('cursor')))
    return cursor && task(transaction.objectStore(cursor.shelf), cursor)
  }

  const documentOf = ({ record, stamp }: v.InferOutput<typeof StoredRow>) => searchDocument(record, stamp)

  return {
    state: () => reading((_, { filling, version }) => Promise.resolve(`${filling}:${version}`)),
    async *documents(isKnown) {
      let after = ''
      for (;;) {
        const range = IDBKeyRange.lowerBound(after, true)
        const rows = await reading(async (store) => v.parse(StoredRows, await answer(store.getAll(range, BATCH))))
        if (rows === undefined || rows.length === 0) return
        after = rows.at(-1)?.id ?? after
        yield {
          ids: rows.map(({ id }) => id),
          changed: rows.filter(({ id, stamp }) => !isKnown(id, stamp)).flatMap((row) => documentOf(row) ?? []),
        }
      }
    },
    async read(ids) {
      const rows = await reading((store) => Promise.all(ids.map((id) => answer<unknown>(store.get(id)))))
      const there = v.parse(
        StoredRows,
        (rows ?? []).filter((row) => row !== undefined),
      )
      return there.flatMap((row) => documentOf(row) ?? [])
    },
  }
}
