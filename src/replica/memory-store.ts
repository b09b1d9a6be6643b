import { v4 as uuid } from 'uuid'
import { continues, effectOf, rowsOf } from './rows.ts'
import { type ContentStore, type Cursor, type Row, sameCursor } from './store.ts'

/** The copy for this session only: for phones and private windows that refuse IndexedDB, so that content still shows. */
export function memoryStore(): ContentStore {
  let rows = new Map<string, Row>()
  let cursor: Cursor | undefined
  let syncedAt: number | undefined
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((watcher) => watcher())

  const store: ContentStore = {
    cursor: () => Promise.resolve(cursor),
    summary: () =>
      Promise.resolve({
        count: rows.size,
        lasting: false,
        ...(cursor === undefined ? {} : { cursor }),
        ...(syncedAt === undefined ? {} : { syncedAt }),
      }),
    row: (id) => Promise.resolve(rows.get(id)),
    rows: (kind) => Promise.resolve([...rows.values()].filter((row) => row.kind === kind)),
    whole: () => Promise.resolve(cursor && { cursor, rows: [...rows.values()] }),
    applySegment: (segment) => {
      if (!continues(segment, cursor)) return Promise.resolve(false)
      if (segment.to > cursor.version) {
        const effect = effectOf(segment, cursor)
        for (const row of effect.put) rows.set(row.id, row)
        for (const id of effect.remove) rows.delete(id)
        cursor = { ...cursor, version: segment.to }
        changed()
      }
      return Promise.resolve(true)
    },
    replaceAll: (snapshot, expected) => {
      if (!sameCursor(cursor, expected)) return Promise.resolve(false)
      cursor = { epoch: snapshot.epoch, version: snapshot.version, filling: uuid() }
      rows = new Map(rowsOf(snapshot, cursor.filling).map((row) => [row.id, row]))
      changed()
      return Promise.resolve(true)
    },
    markSynced: (at) => {
      syncedAt = at
      changed()
      return Promise.resolve()
    },
    clear: () => {
      rows = new Map()
      cursor = syncedAt = undefined
      changed()
      return Promise.resolve()
    },
    watch: (query) => ({
      subscribe(listener, fail) {
        let run = 0
        const ask = () => {
          const mine = ++run
          query(store).then(
            (value) => mine === run && listener(value),
            (error: unknown) => mine === run && fail(error),
          )
        }
        watchers.add(ask)
        ask()
        return () => {
          run = -1
          watchers.delete(ask)
        }
      },
    }),
    close: () => watchers.clear(),
  }
  return store
}
