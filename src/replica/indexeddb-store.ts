import { liveQuery } from 'dexie'
import {
  clearFirst,
  contentDatabase,
  type ContentDatabase,
  inAll,
  inBodies,
  inLists,
  nativeVersion,
  onShelf,
  type StoredCursor,
  storedCursor,
} from './database.ts'
import { addBodies, bodyTexts, dropBodies, dropOrphanBodies, missingBodies } from './indexeddb-bodies.ts'
import { continues, effectOf, isRow, placesOf } from './rows.ts'
import { replaceAll } from './staging.ts'
import type { ContentStore, Cursor, Row, Summary, TakenOver } from './store.ts'
import { takeOverWholeRecords } from './take-over.ts'

/** What happens to a database under us. */
export interface DatabaseEvents {
  /** The browser closed the connection or dropped the database. */
  onLost: () => void
  /** A tab of a newer release has other tables: this one has let go for good. */
  onNewer: () => void
}

const NOTHING = { cursor: undefined, rows: [] }

/**
 * The copy in IndexedDB, opened with the first use.
 * @param name of the database
 * @param extent of the first release's copy that is taken over
 */
export function indexedDbStore(
  name: string,
  { onLost, onNewer }: DatabaseEvents,
  extent: TakenOver = 'all',
): ContentStore {
  const db = contentDatabase(name, async (trx) => takeOverWholeRecords(trx, extent))
  let closing = false
  // Lets go when another tab upgrades or deletes the database. What was deleted is opened again by the next use.
  db.on('versionchange', ({ newVersion }: IDBVersionChangeEvent) => {
    const isNewer = newVersion !== null && newVersion >= nativeVersion(db) + 10
    closing = isNewer
    db.close({ disableAutoOpen: isNewer })
    if (isNewer) onNewer()
    return false
  })
  db.on('close', () => {
    if (!closing) onLost()
  })

  const store: ContentStore = {
    cursor: async () => plainCursor(await storedCursor(db)),
    summary: () => summaryOf(db),
    row: (id) =>
      onShelf(db, undefined, async (shelf) => {
        const row = await shelf.get(id)
        return isRow(row) ? row : undefined
      }),
    page: (kind, after, limit) =>
      onShelf(db, NOTHING, async (shelf, cursor) => {
        const [from, to] = placesOf(kind)
        const rows = await shelf
          .where('place')
          .between(after ?? from, to, false, false)
          .limit(limit)
          .toArray()
        return { cursor: plainCursor(cursor), rows: rows as Row[] }
      }),
    changedAfter: (version, limit) =>
      onShelf(db, NOTHING, async (shelf, cursor) => {
        return { cursor: plainCursor(cursor), rows: await shelf.where('v').above(version).limit(limit).toArray() }
      }),
    body: async (sha256) => (await bodyTexts(db, [sha256])).get(sha256),
    bodies: (sha256s) => bodyTexts(db, sha256s),
    volumesAfter: (n, limit) => db.volumes.where('n').above(n).limit(limit).toArray(),
    missing: (sha256s) => missingBodies(db, sha256s),
    applyRun: (run) =>
      inAll(db, 'rw', async () => {
        const cursor = await storedCursor(db)
        if (!continues(run, cursor)) return false
        if (run.to <= cursor.version) return true
        const { put, bodies } = effectOf(run, cursor)
        await db[cursor.shelf].bulkPut(put)
        await addBodies(db, bodies)
        await db.state.put({ ...cursor, version: run.to })
        return true
      }),
    replaceAll: (list, expected) => replaceAll(db, list, expected),
    putBodies: (bodies) => inBodies(db, () => addBodies(db, bodies)),
    dropBodies: (sha256s, isKept) => dropBodies(db, sha256s, isKept),
    dropOrphans: () => dropOrphanBodies(db),
    markSynced: async (at, listBytes) => {
      await db.state.put({ key: 'contact', at, listBytes })
    },
    dropFirst: () => clearFirst(db),
    clear: async () => {
      await inAll(db, 'rw', async () => {
        await Promise.all([db.state, db.listA, db.listB, db.volumes, db.texts].map((table) => table.clear()))
      })
      await clearFirst(db)
    },
    watch: (query) => ({
      subscribe(listener, fail) {
        // Errors come out as values: liveQuery itself keeps silent about a database that was closed.
        const answers = liveQuery(() =>
          query(store).then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          ),
        )
        const subscription = answers.subscribe((answer) => {
          if ('error' in answer) fail(answer.error)
          else listener(answer.value)
        }, fail)
        return () => subscription.unsubscribe()
      },
    }),
    close: () => {
      closing = true
      db.close()
    },
  }
  return store
}

function summaryOf(db: ContentDatabase): Promise<Summary> {
  return inLists(db, 'r', async () => {
    const cursor = plainCursor(await storedCursor(db))
    const contact = await db.state.get('contact')
    const { at, listBytes } = contact?.key === 'contact' ? contact : {}
    return {
      lasting: true,
      ...(cursor === undefined ? {} : { cursor }),
      ...(at === undefined ? {} : { syncedAt: at }),
      ...(listBytes === undefined ? {} : { listBytes }),
    }
  })
}

function plainCursor(row: StoredCursor | undefined): Cursor | undefined {
  return row === undefined ? undefined : { epoch: row.epoch, version: row.version, filling: row.filling }
}
