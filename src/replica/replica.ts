import type { Clock } from '#domain/clock.ts'
import { type CopyDigest, digestOf } from '#domain/copy-digest.ts'
import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { RecordOf } from '#domain/record/record.ts'
import { type Activity, observed, problemOf, type SyncOutcome, type SyncProblem } from './activity.ts'
import { CONTENT_DATABASE } from './database.ts'
import { exclusively } from './exclusive.ts'
import { feedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import type { Fetch } from './fetch-bytes.ts'
import { indexedDbStore } from './indexeddb-store.ts'
import { createReader } from './reader.ts'
import { dropKeptPages } from './rendered-pages.ts'
import { resilientStore } from './resilient-store.ts'
import { StorageFailure } from './storage-failure.ts'
import { synchronise } from './synchronise.ts'
import { keepSynced } from './triggers.ts'

/** The copy as a whole, and what is being done about it. */
export interface ReplicaState {
  /** Whether the copy is a complete state of the feed; false before the first filling. */
  ready: boolean
  epoch?: string
  version: number
  /** Records on the phone, of all kinds, those included that this app cannot read. */
  count: number
  /** Milliseconds since 1970 of the last contact that found the copy complete: 数据截至. */
  syncedAt?: number
  syncing: boolean
  /** What stood in the way of the last sync. `storage`: the copy cannot be kept, or lives in memory for this session only. */
  problem?: SyncProblem
}

/** The phone's copy of the content. */
export interface Replica {
  /** One record; undefined while it is not on the phone or this app cannot read it. */
  record<K extends RecordKind>(kind: K, id: string): Live<RecordOf<K> | undefined>
  /** Every readable record of a kind: newest `publishedAt` first, then by id. */
  list<K extends RecordKind>(kind: K): Live<RecordOf<K>[]>
  state(): Live<ReplicaState>
  /** What the copy comes to: the server's `copyDigest` at the same version is the same. Undefined before the first filling. */
  copyDigest(): Promise<CopyDigest | undefined>
  /** Brings the copy up to date, or says why it could not. Calls during a sync share it. */
  sync(): Promise<SyncOutcome>
  /**
   * Drops the copy; the next sync fetches it again.
   * @throws StorageFailure
   */
  clear(): Promise<void>
  /** Syncs now, on `online`, on becoming visible, every five minutes while visible, and when the browser dropped the copy. */
  start(): () => void
}

export interface ReplicaOptions {
  fetch?: Fetch
  now?: Clock
  databaseName?: string
  /** How long a silent connection, another tab or the database is waited for, ms. */
  patienceMs?: number
}

const PATIENCE_MS = 20_000

/** Opens nothing and fetches nothing until it is asked to, so that it can be made anywhere. */
export function openReplica(options: ReplicaOptions = {}): Replica {
  const { now = Date.now, databaseName = CONTENT_DATABASE, patienceMs = PATIENCE_MS } = options
  const fetch = options.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init))
  const lost = new Set<() => void>()
  const store = resilientStore(() => indexedDbStore(databaseName, () => lost.forEach((tell) => tell())), patienceMs)
  const feed = feedClient(fetch, now, patienceMs)
  const reader = createReader()
  const activity = observed<Activity>({ syncing: false })
  let running: Promise<SyncOutcome> | undefined

  const attempt = () => synchronise(feed, store, now).catch(outcomeOf)

  async function run(): Promise<SyncOutcome> {
    const outcome: SyncOutcome = await exclusively(`${databaseName}-sync`, patienceMs, attempt)
    const { cursor, lasting } = await store.summary()
    if (cursor !== undefined) return outcome
    if (outcome === 'storageFailed' && lasting) {
      // Nothing is kept and nothing can be: content of this session is better than none.
      store.useMemory()
      return attempt()
    }
    if (outcome === 'unreachable' && !lasting) store.reopen()
    return outcome
  }

  function sync(): Promise<SyncOutcome> {
    running ??= (async () => {
      activity.set({ ...activity.get(), syncing: true })
      let problem: SyncProblem | undefined
      try {
        const outcome = await run().catch(outcomeOf)
        problem = problemOf(outcome)
        return outcome
      } finally {
        running = undefined
        activity.set({ syncing: false, ...(problem === undefined ? {} : { problem }) })
      }
    })()
    return running
  }

  return {
    record: (kind, id) =>
      store.watch(async (current) => {
        const row = await current.row(id)
        return row && reader.read(kind, row)
      }),
    list: (kind) => store.watch(async (current) => reader.readList(kind, await current.rows(kind))),
    state: () => ({
      subscribe(listener, fail) {
        let copy: Omit<ReplicaState, 'syncing'> | undefined
        const tell = () => copy && listener({ ...copy, ...activity.get() })
        const stopListening = activity.listen(tell)
        const stopWatching = store
          .watch((current) => current.summary())
          .subscribe(({ cursor, count, syncedAt, lasting }) => {
            copy = {
              ready: cursor !== undefined,
              version: cursor?.version ?? 0,
              count,
              ...(cursor === undefined ? {} : { epoch: cursor.epoch }),
              ...(syncedAt === undefined ? {} : { syncedAt }),
              ...(lasting ? {} : { problem: 'storage' as const }),
            }
            tell()
          }, fail)
        return () => {
          stopListening()
          stopWatching()
        }
      },
    }),
    async copyDigest() {
      const whole = await store.whole()
      if (whole === undefined) return undefined
      const { epoch, version } = whole.cursor
      return { epoch, version, digest: digestOf(whole.rows) }
    },
    sync,
    async clear() {
      await store.clear()
      await dropKeptPages()
    },
    start() {
      const again = () => void sync()
      lost.add(again)
      const stop = keepSynced(async () => ['current', 'updated'].includes(await sync()), now)
      return () => {
        lost.delete(again)
        stop()
      }
    },
  }
}

/** @throws the error itself when it is neither the feed's nor the storage's: then it is a fault of this code */
function outcomeOf(error: unknown): SyncOutcome {
  if (error instanceof FeedFailure) return error.reason === 'stale' ? 'notUnderstood' : error.reason
  if (error instanceof StorageFailure) return 'storageFailed'
  throw error
}
