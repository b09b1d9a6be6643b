import { Dexie } from 'dexie'
import { IDBKeyRange, indexedDB } from 'fake-indexeddb'

/**
 * Gives Node an IndexedDB in memory. A timer of no length is a turn of the event loop here and not a millisecond: those of Dexie
 * would otherwise be most of the time.
 */
export function useMemory() {
  Object.assign(Dexie.dependencies, { indexedDB, IDBKeyRange })
  const later = globalThis.setTimeout
  globalThis.setTimeout = (run, ms, ...rest) => (ms ? later(run, ms, ...rest) : setImmediate(run, ...rest))
  // Dexie warns of every failure that a sequence provokes.
  console.warn = () => {}
}
