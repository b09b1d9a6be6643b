import * as v from 'valibot'
import { lineOf } from '../blocks.ts'
import { bodyText, jsonOf } from '../lines.ts'
import { piecesOf } from '../volumes.ts'
import { answer } from './database.ts'

/* What is read here of `luodi-content`, whose owner is `database.ts` of the replica. */
const StoredRow = v.object({
  id: v.string(),
  v: v.number(),
  /** List fields; missing of what was withdrawn. */
  record: v.optional(v.record(v.string(), v.unknown())),
  body: v.optional(v.object({ sha256: v.string() })),
})
export type StoredRow = v.InferOutput<typeof StoredRow>
const StoredRows = v.array(StoredRow)
const StoredBlock = v.object({ from: v.string(), ids: v.array(v.string()), bytes: v.instance(Uint8Array<ArrayBuffer>) })
const StoredBlocks = v.array(StoredBlock)
type StoredBlock = v.InferOutput<typeof StoredBlock>
const StoredVolume = v.object({ n: v.number(), digests: v.array(v.string()) })
const StoredVolumes = v.array(StoredVolume)
/** In the order of the digests of their volume: one after the other in UTF-8, or as an earlier release wrote them. */
const StoredTexts = v.union([
  v.object({ lengths: v.array(v.number()), bytes: v.instance(Uint8Array) }),
  v.object({ texts: v.array(v.string()) }),
])
const StoredCursor = v.object({ epoch: v.string(), filling: v.string(), version: v.number() })
/** Counts up whenever bodies come or go. */
const StoredTurn = v.object({ turn: v.number() })

/** The copy as it is in one transaction. */
export interface Copy {
  cursor: v.InferOutput<typeof StoredCursor>
  /** Another one whenever bodies have come or gone: how often, or where that is not counted, which volumes there are. */
  turn: () => Promise<number | string>
  /** What has changed since the list came. */
  changes: () => Promise<StoredRow[]>
  /** @param after the last one that is known; '' begins */
  blocks: (after: string, limit: number) => Promise<StoredBlock[]>
  row: (id: string) => Promise<StoredRow | undefined>
  /** Digests of the bodies that are here. */
  bodies: () => Promise<string[]>
  /** A body's text. Those beside one that was asked for come with it, and are decoded when they are asked for. */
  text: (sha256: string) => Promise<string | undefined>
}

/** A line of a block. */
export function storedRowOf(line: Uint8Array): StoredRow {
  return v.parse(StoredRow, jsonOf(line))
}

/**
 * Reads the copy in the worker without the library that its owner uses: it would be half of the worker's weight.
 * @param name of the copy's database
 * @returns runs a task in one transaction; undefined where there is no copy, or one that its owner has yet to bring to this release's
 *   tables
 */
export function copyReader(name: string): <T>(task: (copy: Copy) => Promise<T>) => Promise<T | undefined> {
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

  return async (task) => {
    const stores = await opened()
    if (stores?.objectStoreNames.contains('blocks') !== true) return undefined
    const transaction = stores.transaction(['state', 'blocks', 'changes', 'volumes', 'texts'], 'readonly')
    const state = transaction.objectStore('state')
    const cursor = v.parse(v.optional(StoredCursor), await answer(state.get('position')))
    return cursor && task({ cursor, ...copyOf(transaction) })
  }
}

function copyOf(transaction: IDBTransaction): Omit<Copy, 'cursor'> {
  const [state, blocks, changes, volumes, texts] = ['state', 'blocks', 'changes', 'volumes', 'texts'].map((table) =>
    transaction.objectStore(table),
  ) as [IDBObjectStore, IDBObjectStore, IDBObjectStore, IDBObjectStore, IDBObjectStore]
  const known = new Map<string, Uint8Array | undefined>()
  return {
    turn: async () =>
      v.parse(v.optional(StoredTurn), await answer(state.get('bodies')))?.turn ??
      JSON.stringify(await answer(volumes.getAllKeys())),
    changes: async () => v.parse(StoredRows, await answer(changes.getAll())),
    blocks: async (after, limit) =>
      v.parse(StoredBlocks, await answer(blocks.getAll(IDBKeyRange.lowerBound(after, true), limit))),
    row: async (id) => {
      const changed = v.parse(v.optional(StoredRow), await answer(changes.get(id)))
      if (changed !== undefined) return changed
      const block = v.parse(v.optional(StoredBlock), await answer(blocks.index('ids').get(id)))
      const line = block && lineOf(block, id)
      return line && storedRowOf(line)
    },
    bodies: async () => v.parse(StoredVolumes, await answer(volumes.getAll())).flatMap(({ digests }) => digests),
    text: async (sha256) => {
      if (!known.has(sha256)) {
        const volume = v.parse(v.optional(StoredVolume), await answer(volumes.index('digests').get(sha256)))
        const bound = v.parse(v.optional(StoredTexts), volume && (await answer(texts.get(volume.n))))
        const pieces = piecesOf(bound)
        volume?.digests.forEach((digest, at) => known.set(digest, pieces[at]))
      }
      const piece = known.get(sha256)
      return piece && bodyText(piece)
    },
  }
}
