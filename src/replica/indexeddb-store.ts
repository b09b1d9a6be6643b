import { liveQuery } from 'dexie'
import {
  clearEarlier,
  contentDatabase,
  type ContentDatabase,
  inAll,
  inBodies,
  inLists,
  nativeVersion,
  storedCursor,
} from './database.ts'
import { giveBack } from './give-back.ts'
import { addBodies, bodyTexts, dropBodies, dropOrphanBodies, missingBodies } from './indexeddb-bodies.ts'
import { replaceLists, rowById, rowsBetween } from './indexeddb-lists.ts'
import { continues, effectOf, placesOf } from './rows.ts'
import type { ContentStore, Summary, TakenOver } from './store.ts'
import { takeOverShelves } from './take-over-shelves.ts'
import { takeOverWholeRecords } from './take-over.ts'

/** What happens to a database under us. */
export interface DatabaseEvents {
  /** The browser closed the connection or dropped the database. */
  onLost: () => void
  /** A tab of a newer release has other tables: this one has let go for good. */
  onNewer: () => void
  /** Some of what an earlier release kept has been taken over. */
  onTakeOver?: () => void
}

/**
 * The copy in IndexedDB, opened with the first use.
 * @param name of the database
 * @param extent of an earlier release's copy that is taken over
 */
export function indexedDbStore(
  name: string,
  { onLost, onNewer, onTakeOver = () => undefined }: DatabaseEvents,
  extent: TakenOver = 'all',
): ContentStore {
  const db = contentDatabase(name, {
    wholeRecords: async (trx) => takeOverWholeRecords(trx, extent, onTakeOver),
    shelves: async (trx) => takeOverShelves(trx, extent, onTakeOver),
  })
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
    cursor: () => storedCursor(db),
    summary: () => summaryOf(db),
    row: (id) =>
      inLists(db, 'r', async () => {
        const cursor = await storedCursor(db)
        return { cursor, row: cursor && (await rowById(db, id)) }
      }),
    page: (kind, after, limit) =>
      inLists(db, 'r', async () => {
        const [from, to] = placesOf(kind)
        const cursor = await storedCursor(db)
        return { cursor, rows: cursor === undefined ? [] : await rowsBetween(db, after ?? from, to, limit) }
      }),
    changedAfter: (version, limit) =>
      inLists(db, 'r', async () => ({
        cursor: await storedCursor(db),
        rows: await db.changes.where('v').above(version).limit(limit).toArray(),
      })),
    rowsBeside: () => db.changes.count(),
    body: async (sha256) => (await bodyTexts(db, [sha256])).get(sha256),
    bodies: (sha256s) => bodyTexts(db, sha256s),
    volumesAfter: (n, limit) => db.volumes.where('n').above(n).limit(limit).toArray(),
    missing: (sha256s) => missingBodies(db, sha256s),
    applyRun: (run) =>
      inAll(db, async () => {
        const cursor = await storedCursor(db)
        if (!continues(run, cursor)) return false
        if (run.to <= cursor.version) return true
        const { put, bodies } = effectOf(run, cursor)
        await db.changes.bulkPut(put)
        await addBodies(db, bodies)
        await db.state.put({ key: 'position', ...cursor, version: run.to })
        return true
      }),
    replaceAll: (list, expected) => replaceLists(db, list, expected),
    putBodies: async (bodies) => {
      await inBodies(db, () => addBodies(db, bodies))
      giveBack(bodies.map(({ bytes }) => bytes.buffer))
    },
    dropBodies: (sha256s, isKept) => dropBodies(db, sha256s, isKept),
    dropOrphans: (sha256s, at) => dropOrphanBodies(db, sha256s, at),
    markSynced: async (at, listBytes) => {
      await db.state.put({ key: 'confirmed', at, listBytes })
    },
    measure: () => inLists(db, 'rw', async () => void (await storedCursor(db))),
    dropEarlier: () => clearEarlier(db),
    clear: async () => {
      await inAll(db, async () => {
        await Promise.all([db.state, db.blocks, db.changes, db.volumes, db.texts].map((table) => table.clear()))
      })
      await clearEarlier(db)
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
    const cursor = await storedCursor(db)
    const confirmed = await db.state.get('confirmed')
    const { at, listBytes } = confirmed?.key === 'confirmed' ? confirmed : {}
    return {
      lasting: true,
      ...(cursor === undefined ? {} : { cursor }),
      ...(at === undefined ? {} : { syncedAt: at }),
      ...(listBytes === undefined ? {} : { listBytes }),
    }
  })
}
