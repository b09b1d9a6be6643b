import { liveQuery } from 'dexie'
import { contentDatabase, type ContentDatabase, inAll, onShelf, type StoredCursor, storedCursor } from './database.ts'
import { continues, effectOf } from './rows.ts'
import { replaceAll } from './staging.ts'
import type { ContentStore, Cursor, Summary } from './store.ts'

/**
 * The copy in IndexedDB, opened with the first use.
 * @param name of the database
 * @param onLost called when the browser closed the connection or dropped the database under us
 */
export function indexedDbStore(name: string, onLost: () => void): ContentStore {
  const db = contentDatabase(name)
  let closing = false
  // Lets go when another tab upgrades or deletes the database; the next use opens it again.
  db.on('versionchange', () => {
    db.close({ disableAutoOpen: false })
    return false
  })
  db.on('close', () => {
    if (!closing) onLost()
  })

  const store: ContentStore = {
    cursor: async () => plainCursor(await storedCursor(db)),
    summary: () => summaryOf(db),
    row: (id) => onShelf(db, undefined, (shelf) => shelf.get(id)),
    rows: (kind) => onShelf(db, [], (shelf) => shelf.where('kind').equals(kind).toArray()),
    whole: () =>
      inAll(db, 'r', async () => {
        const row = await storedCursor(db)
        const cursor = plainCursor(row)
        return row && cursor && { cursor, rows: await db[row.shelf].toArray() }
      }),
    applySegment: (segment) =>
      inAll(db, 'rw', async () => {
        const cursor = await storedCursor(db)
        if (!continues(segment, cursor)) return false
        if (segment.to <= cursor.version) return true
        const effect = effectOf(segment, cursor)
        await db[cursor.shelf].bulkPut(effect.put)
        await db[cursor.shelf].bulkDelete(effect.remove)
        await db.meta.put({ ...cursor, version: segment.to })
        return true
      }),
    replaceAll: (snapshot, expected) => replaceAll(db, snapshot, expected),
    markSynced: async (at) => {
      await db.meta.put({ key: 'contact', at })
    },
    clear: () =>
      inAll(db, 'rw', async () => {
        await Promise.all([db.meta.clear(), db.recordsA.clear(), db.recordsB.clear()])
      }),
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
  return inAll(db, 'r', async () => {
    const cursor = plainCursor(await storedCursor(db))
    const contact = await db.meta.get('contact')
    return {
      count: await onShelf(db, 0, (shelf) => shelf.count()),
      lasting: true,
      ...(cursor === undefined ? {} : { cursor }),
      ...(contact?.key === 'contact' ? { syncedAt: contact.at } : {}),
    }
  })
}

function plainCursor(row: StoredCursor | undefined): Cursor | undefined {
  return row === undefined ? undefined : { epoch: row.epoch, version: row.version, filling: row.filling }
}
