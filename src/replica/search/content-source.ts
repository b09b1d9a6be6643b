import * as v from 'valibot'
import { bodyText } from '../lines.ts'
import { piecesOf } from '../volumes.ts'
import { answer } from './database.ts'
import type { DocumentSource } from './follow.ts'
import type { SearchDocument } from './document.ts'
import { searchDocument } from './search-document.ts'

/** Rows read at a time. */
const BATCH = 200

/* What is read here of `luodi-content`, whose owner is `database.ts` of the replica. */
const StoredRow = v.object({
  id: v.string(),
  v: v.number(),
  /** List fields; missing of what was withdrawn. */
  record: v.optional(v.record(v.string(), v.unknown())),
  body: v.optional(v.object({ sha256: v.string() })),
})
const StoredRows = v.array(StoredRow)
const StoredVolume = v.object({ n: v.number(), digests: v.array(v.string()) })
const StoredVolumes = v.array(StoredVolume)
/** In the order of the digests of their volume: one after the other in UTF-8, or as an earlier release wrote them. */
const StoredTexts = v.union([
  v.object({ lengths: v.array(v.number()), bytes: v.instance(Uint8Array) }),
  v.object({ texts: v.array(v.string()) }),
])
const Fields = v.record(v.string(), v.unknown())
const StoredCursor = v.object({ epoch: v.string(), filling: v.string(), version: v.number(), shelf: v.string() })
type Cursor = v.InferOutput<typeof StoredCursor>
/** Counts up whenever bodies come or go. */
const StoredTurn = v.object({ turn: v.number() })

interface Copy {
  cursor: Cursor
  rows: IDBObjectStore
  volumes: IDBObjectStore
  texts: IDBObjectStore
  state: IDBObjectStore
}

/**
 * The copy of the content, read in the worker without the library that its owner uses: it would be half of the worker's weight.
 * A record is a document with its list fields first, and another when its body has come.
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

  /** Reads in one transaction; undefined where there is no copy, or one that its owner has yet to bring to this release's tables. */
  async function reading<T>(task: (copy: Copy) => Promise<T>): Promise<T | undefined> {
    const stores = await opened()
    if (stores?.objectStoreNames.contains('volumes') !== true) return undefined
    const transaction = stores.transaction(['state', 'listA', 'listB', 'volumes', 'texts'], 'readonly')
    const state = transaction.objectStore('state')
    const cursor = v.parse(v.optional(StoredCursor), await answer(state.get('cursor')))
    if (cursor === undefined) return undefined
    return task({
      cursor,
      rows: transaction.objectStore(cursor.shelf),
      volumes: transaction.objectStore('volumes'),
      texts: transaction.objectStore('texts'),
      state,
    })
  }

  return {
    state: () =>
      reading(async ({ cursor: { filling, version }, state }) => {
        const bodies = v.parse(v.optional(StoredTurn), await answer(state.get('bodies')))
        return `${filling}:${version}:${bodies?.turn ?? 0}`
      }),
    async *documents(isKnown) {
      const volumes = await reading(async ({ volumes: all }) => v.parse(StoredVolumes, await answer(all.getAll())))
      const here = new Set(volumes?.flatMap(({ digests }) => digests))
      // By version: what came together is kept together.
      let after = -1
      let filling: string | undefined
      for (;;) {
        const range = IDBKeyRange.lowerBound(after, true)
        const batch = await reading(async (copy) => {
          const rows = v.parse(StoredRows, await answer(copy.rows.index('v').getAll(range, BATCH)))
          const isNews = (row: StoredRow) => !isKnown(row.id, digestOf(copy, row, here.has(row.body?.sha256 ?? '')))
          return {
            rows,
            filling: copy.cursor.filling,
            changed: await documentsOf(copy, rows.filter(isThere).filter(isNews)),
          }
        })
        // Versions of another filling say nothing of what was read: `state` is another, too.
        if (batch === undefined || batch.rows.length === 0 || batch.filling !== (filling ??= batch.filling)) return
        after = batch.rows.at(-1)?.v ?? after
        yield { ids: batch.rows.filter(isThere).map(({ id }) => id), changed: batch.changed }
      }
    },
    read: async (ids) =>
      (await reading(async (copy) => {
        const rows = await Promise.all(ids.map((id) => answer<unknown>(copy.rows.get(id))))
        return documentsOf(copy, v.parse(StoredRows, rows.filter(Boolean)).filter(isThere))
      })) ?? [],
  }
}

type StoredRow = v.InferOutput<typeof StoredRow>

/** What was withdrawn leaves its id for a while. */
const isThere = ({ record }: StoredRow) => record !== undefined

/** The same for the same record with, or without, its body. */
const digestOf = ({ cursor: { epoch } }: Copy, { v: version }: StoredRow, hasBody: boolean) =>
  `${epoch}:${version}${hasBody ? '' : ':short'}`

/** As they are in this transaction. */
async function documentsOf(copy: Copy, rows: readonly StoredRow[]) {
  const textOf = textsOf(copy)
  const documents: (SearchDocument | undefined)[] = []
  for (const row of rows) {
    const text = row.body && (await textOf(row.body.sha256))
    const rest = text === undefined ? {} : v.parse(Fields, JSON.parse(text))
    documents.push(searchDocument({ ...row.record, ...rest }, digestOf(copy, row, text !== undefined)))
  }
  return documents.flatMap((document) => document ?? [])
}

/** Texts by their digest. Those beside one that was asked for come with it, and are decoded when they are asked for. */
function textsOf({ volumes, texts }: Copy): (sha256: string) => Promise<string | undefined> {
  const known = new Map<string, Uint8Array | undefined>()
  return async (sha256) => {
    if (!known.has(sha256)) {
      const volume = v.parse(v.optional(StoredVolume), await answer(volumes.index('digests').get(sha256)))
      const bound = v.parse(v.optional(StoredTexts), volume && (await answer(texts.get(volume.n))))
      const pieces = piecesOf(bound)
      volume?.digests.forEach((digest, at) => known.set(digest, pieces[at]))
    }
    const piece = known.get(sha256)
    return piece && bodyText(piece)
  }
}
