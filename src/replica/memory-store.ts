import { v4 as uuid } from 'uuid'
import { bodyText } from './lines.ts'
import { continues, effectOf, isRow, placesOf, rowOf } from './rows.ts'
import { type Body, type ContentStore, type Cursor, type Gone, type Row, sameCursor, type Summary } from './store.ts'

/** The copy for this session only: for phones and private windows that refuse IndexedDB, so that content still shows. */
export function memoryStore(): ContentStore {
  let rows = new Map<string, Row | Gone>()
  let cursor: Cursor | undefined
  let contact: Pick<Summary, 'syncedAt' | 'listBytes'> = {}
  const bodies = new Map<string, Body>()
  const watchers = new Set<() => void>()
  const changed = () => watchers.forEach((watcher) => watcher())
  const present = () => [...rows.values()].filter(isRow)
  const add = (more: readonly Body[]) => {
    // Copied: they are parts of whole files.
    for (const { sha256, bytes } of more) bodies.set(sha256, { sha256, bytes: bytes.slice() })
  }
  const textsOf = (sha256s: readonly string[]) => {
    const here = sha256s.flatMap((sha256) => bodies.get(sha256) ?? [])
    return new Map(here.map(({ sha256, bytes }) => [sha256, bodyText(bytes)]))
  }
  const drop = (sha256s: readonly string[]) => sha256s.forEach((sha256) => bodies.delete(sha256))

  const store: ContentStore = {
    cursor: () => Promise.resolve(cursor),
    summary: () =>
      Promise.resolve({
        lasting: false,
        ...(cursor === undefined ? {} : { cursor }),
        ...contact,
      }),
    row: (id) => {
      const row = rows.get(id)
      return Promise.resolve({ cursor, row: isRow(row) ? row : undefined })
    },
    page: (kind, after, limit) => {
      const [from, to] = placesOf(kind)
      const own = present().filter(({ place }) => place > (after ?? from) && place < to)
      return Promise.resolve({ cursor, rows: own.sort((a, b) => (a.place < b.place ? -1 : 1)).slice(0, limit) })
    },
    changedAfter: (version, limit) => {
      const later = [...rows.values()].filter(({ v }) => v > version)
      return Promise.resolve({ cursor, rows: later.sort((a, b) => a.v - b.v).slice(0, limit) })
    },
    rowsBeside: () => Promise.resolve(0),
    body: (sha256) => Promise.resolve(textsOf([sha256]).get(sha256)),
    bodies: (sha256s) => Promise.resolve(textsOf(sha256s)),
    volumesAfter: (n) => Promise.resolve(n > 0 ? [] : [{ n: 1, digests: [...bodies.keys()] }]),
    missing: (sha256s) => Promise.resolve(sha256s.filter((sha256) => !bodies.has(sha256))),
    applyRun: (run) => {
      if (!continues(run, cursor)) return Promise.resolve(false)
      if (run.to > cursor.version) {
        const effect = effectOf(run, cursor)
        for (const row of effect.put) rows.set(row.id, row)
        add(effect.bodies)
        cursor = { ...cursor, version: run.to }
        changed()
      }
      return Promise.resolve(true)
    },
    replaceAll: async (list, expected) => {
      const next = new Map<string, Row>()
      for await (const lines of list.lines()) for (const { put } of lines) next.set(put.id, rowOf(put))
      if (!sameCursor(cursor, expected)) return false
      const { epoch, version, head = version } = list
      cursor = { epoch, version, filling: uuid(), head }
      rows = next
      changed()
      return true
    },
    putBodies: (more) => {
      add(more)
      changed()
      return Promise.resolve()
    },
    dropBodies: (sha256s) => {
      drop(sha256s)
      changed()
      return Promise.resolve([...sha256s])
    },
    dropOrphans: (sha256s, at) => {
      if (sameCursor(cursor, at)) drop(sha256s)
      return Promise.resolve()
    },
    markSynced: (syncedAt, listBytes) => {
      contact = { syncedAt, listBytes }
      changed()
      return Promise.resolve()
    },
    measure: () => Promise.resolve(),
    dropEarlier: () => Promise.resolve(false),
    clear: () => {
      rows = new Map()
      bodies.clear()
      cursor = undefined
      contact = {}
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
