import { contentDigest } from '#domain/digest.ts'
import type { State } from '#outbox/rows.ts'
import { request } from './phone.ts'

/**
 * Stores of each version before this one as it was published: key path (absent: keys are counted up) and indexes. Never to be
 * changed; whoever makes a new version adds the one before it here.
 */
const VERSIONS = {
  1: {
    entries: { keyPath: 'id', indexes: [{ name: 'draftToken', unique: true }] },
    drafts: { keyPath: 'key', indexes: [] },
    bookmarks: { keyPath: ['kind', 'id'], indexes: [] },
    stops: { keyPath: 'id', indexes: [] },
    leases: { keyPath: 'name', indexes: [] },
    attic: { keyPath: undefined, indexes: [] },
  },
  2: {
    entries: { keyPath: 'id', indexes: [{ name: 'draftToken', unique: true }] },
    drafts: { keyPath: 'key', indexes: [] },
    bookmarks: { keyPath: ['kind', 'id'], indexes: [] },
    stops: { keyPath: 'id', indexes: [] },
    leases: { keyPath: 'name', indexes: [] },
    attic: { keyPath: undefined, indexes: [] },
    attachments: {
      keyPath: 'id',
      indexes: [
        { name: 'owner', unique: false },
        { name: 'sha256', unique: false },
      ],
    },
    attachmentBytes: { keyPath: 'sha256', indexes: [] },
  },
} as const
export type OldVersion = keyof typeof VERSIONS
export const OLD_VERSIONS = Object.keys(VERSIONS).map(Number) as OldVersion[]

/** Dexie counts in tens. */
export const nativeVersion = (version: number) => version * 10

/** Opens a database past all of our code, as an old release left it or as one to come will. */
export function openRaw(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase, transaction: IDBTransaction) => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, nativeVersion(version))
    opening.onupgradeneeded = () => upgrade(opening.result, opening.transaction!)
    opening.onerror = () => reject(new Error(`Cannot open ${name}`))
    opening.onsuccess = () => resolve(opening.result)
  })
}

/** Makes the stores of an old version, in an upgrade. */
export function makeStores(database: IDBDatabase, version: OldVersion): void {
  for (const [name, { keyPath, indexes }] of Object.entries(VERSIONS[version])) {
    const store = database.createObjectStore(
      name,
      keyPath === undefined
        ? { autoIncrement: true }
        : { keyPath: typeof keyPath === 'string' ? keyPath : [...keyPath] },
    )
    for (const { name, unique } of indexes) store.createIndex(name, name, { unique })
  }
}

const AT = Date.parse('2026-01-05T01:00:00Z')
const STATES_OF_1: State[] = ['unsent', 'sending', 'delivered', 'refused', 'withdrawing', 'withdrawn']

/** A request in a state, as version 1 wrote it. */
function oldEntry(state: State, place: number) {
  const id = `00000000-0000-4000-8000-00000000000${place}`
  const trackingKey = 'k'.repeat(43)
  const text = JSON.stringify({ schemaVersion: 1, type: 'contact', ...request.fields, message: state, trackingKey })
  const body = new TextEncoder().encode(text)
  const digest = contentDigest(body)
  const receipt = { submissionId: id, receiptNo: 'LD-2345-6789', digest }
  const dates = { receivedAt: '2026-01-05T02:00:00.000Z', replyDueAt: '2026-01-06T02:00:00.000Z' }
  const values = { ...request.fields, message: state }
  const row = { id, type: 'contact', values, createdAt: AT + place, state, attempts: 0, body, digest, trackingKey }
  return {
    ...row,
    draftToken: `token-${place}`,
    ...(state === 'sending' ? { attempts: 1, lastPutAt: AT } : {}),
    ...(state === 'unsent' ? { attempts: 2, wait: { reason: 'unreachable', nextAttemptAt: AT, since: AT } } : {}),
    ...(state === 'withdrawing' ? { wait: { reason: 'new', since: AT }, receipt: { ...receipt, ...dates } } : {}),
    ...(state === 'delivered' ? { receipt: { ...receipt, ...dates } } : {}),
    ...(state === 'refused' ? { refusal: { status: 422, title: '不行', errors: [] } } : {}),
  }
}

/** Everything that a phone can hold: every state, a row of a newer schema, one that nobody can read, and all the rest. */
export const FULL_PHONE: Record<string, Record<string, unknown>[]> = {
  entries: [
    ...STATES_OF_1.map(oldEntry),
    { ...oldEntry('unsent', 8), state: 'teleported', portal: { to: 'mars' } },
    { id: 'not-a-request', body: new TextEncoder().encode('{"name":"李"}') },
  ],
  drafts: [
    { key: 'contact', version: 9, text: '很长的留言' },
    { key: 'settlement', version: 1, values: { '/company/name': '没写完的公司' }, savedAt: AT, token: 'token-d' },
  ],
  bookmarks: [{ kind: 'park', id: 'p-1', title: '嘉定工业区', addedAt: AT }],
  stops: [
    { id: 'park/p-1', kind: 'park', recordId: 'p-1', title: '嘉定工业区', note: '层高够', addedAt: AT, position: 0 },
  ],
  leases: [{ name: 'luodi-outbox', owner: 'a-tab-that-is-gone', until: AT }],
  attic: [{ table: 'drafts', raw: { key: 'contact', version: 8 }, keptAt: AT }],
}

/** Writes everything of `FULL_PHONE`. */
export function fill(database: IDBDatabase): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(Object.keys(FULL_PHONE), 'readwrite')
    for (const [store, rows] of Object.entries(FULL_PHONE))
      for (const row of rows) transaction.objectStore(store).add(row)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(new Error('aborted'))
  })
}
