import type { Clock } from '#domain/clock.ts'
import type { ContentWish } from '#domain/content-wish.ts'
import type { CopyDigest } from '#domain/copy-digest.ts'
import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import { type Activity, observed, problemOf, type SyncOutcome, type SyncProblem } from './activity.ts'
import { BodyFiller } from './body-filler.ts'
import { BodyThread } from './body-thread.ts'
import { onUnreachable, type Progress, type Sizes } from './bringing.ts'
import { Catalogue, type Listing } from './catalogue.ts'
import { onCopyGone } from './copy-gone.ts'
import { digestOfCopy } from './digest-of-copy.ts'
import { CONTENT_DATABASE } from './database.ts'
import { exclusively } from './exclusive.ts'
import { feedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import type { Fetch } from './fetch-chunks.ts'
import type { FetchFile } from './file-filler.ts'
import { forgetFull, fullAt } from './full-note.ts'
import { noteRefused } from './has-room.ts'
import { type HeldRecord, heldRecord, listedItem } from './held-record.ts'
import { indexedDbStore } from './indexeddb-store.ts'
import { forgetKept, noteKept, wasKept } from './kept-note.ts'
import { onPhone, type OnPhone } from './on-phone.ts'
import { readAll, type ReadRecord } from './read-all.ts'
import { dropShown, unlessFailed } from './media-cache.ts'
import { dropKeptPages } from './rendered-pages.ts'
import { liveState, type ReplicaState } from './replica-state.ts'
import { resilientStore } from './resilient-store.ts'
import { StorageFailure } from './storage-failure.ts'
import type { Cursor } from './store.ts'
import { synchronise } from './synchronise.ts'
import { keepSynced } from './triggers.ts'

/** The phone's copy of the content. */
export interface Replica {
  /**
   * One record; undefined while the copy does not hold it or this app cannot read it, and nothing at all while there is no copy, or
   * only a part of it is here and the rest on its way. A body that is not here yet is asked for.
   */
  record<K extends RecordKind>(kind: K, id: string): Live<HeldRecord<K> | undefined>
  /** What lists show of a record; nothing is asked for. Told as `record` is. */
  item<K extends RecordKind>(kind: K, id: string): Live<ListItem<K> | undefined>
  /** Every readable record of a kind, as lists show it. */
  list<K extends RecordKind>(kind: K): Live<Listing<K>>
  /** What of a record is on the phone: looked up, and again whenever that may have changed. Undefined while it is not listed. */
  onPhone(id: string): Live<OnPhone | undefined>
  /** Every record that this app can read, for whoever looks through all of them. */
  readAll(): Promise<ReadRecord[]>
  state(): Live<ReplicaState>
  /** What the copy comes to: the server's `copyDigest` at the same version is the same. Undefined before the first filling. */
  copyDigest(): Promise<CopyDigest | undefined>
  /** Brings the lists up to date, or says why it could not. Calls during a sync share it. */
  sync(): Promise<SyncOutcome>
  /** Brings bodies and files that are wanted and missing, until all are here or something stands in the way. */
  fill(): Promise<void>
  /** How far that is. */
  progress(): Live<Progress>
  /** What each depth comes to. */
  sizes(): Promise<Sizes>
  /** What the person wants on the phone. Goes on at once where `start` was called. */
  wish(wish: ContentWish): void
  /** Ids of the records that the person keeps: they come first, whole, and never make way. */
  keep(ids: ReadonlySet<string>): void
  /** How pictures and files come to the phone; none does until this is said. */
  fetchFilesWith(fetchFile: FetchFile): void
  /**
   * Drops some of what can be fetched again, but the lists and what the person keeps.
   * @returns whether anything has gone: then there may be more
   */
  makeRoom(): Promise<boolean>
  /**
   * Drops the copy; the next sync fetches it again.
   * @throws StorageFailure
   */
  clear(): Promise<void>
  /**
   * Syncs now, on `online`, on becoming visible, every five minutes while visible, and when the copy is gone, dropped by the browser or
   * cleared in another tab; fills after it.
   */
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
/** Room made at once for lists on a full phone, bytes. */
const LIST_ROOM_BYTES = 5_000_000
/** Room made at once for what the person writes, bytes. */
const ROOM_BYTES = 10_000_000

/** Opens nothing and fetches nothing until it is asked to, so that it can be made anywhere. */
export function openReplica(options: ReplicaOptions = {}): Replica {
  const { now = Date.now, databaseName = CONTENT_DATABASE, patienceMs = PATIENCE_MS } = options
  const fetch = options.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init))
  // A thread asks the browser's own network: none that is handed over here.
  const thread = options.fetch === undefined ? new BodyThread({ patienceMs }) : undefined
  const lost = new Set<() => void>()
  const store = resilientStore({
    build: (extent, onTakeOver) => indexedDbStore(databaseName, { onLost, onNewer, onTakeOver }, extent),
    patienceMs,
    makeRoom: async () => ((await unlessFailed(dropShown()))?.count ?? 0) > 0,
  })
  const feed = feedClient(fetch, now, patienceMs, thread)
  const filler = new BodyFiller({ store, feed, name: databaseName, patienceMs })
  const catalogue = new Catalogue(store)
  const activity = observed<Activity>({ syncing: false })
  let running: Promise<SyncOutcome> | undefined
  let isStarted = false
  let isSuperseded = false
  let wasDropped = false
  /** The filling of the copy when this page's last sync ended, well or not. */
  let settled: string | undefined
  const syncs = {
    // What another tab is filling anew is not what this page's last sync has ended with.
    isOver: ({ filling }: Cursor) => filling === settled && !activity.get().syncing,
    listen: (listener: () => void) => activity.listen(listener),
  }

  function onLost(): void {
    lost.forEach((tell) => tell())
  }

  /** This page goes on in memory: the tables belong to the newer release. */
  function onNewer(): void {
    isSuperseded = true
    store.useMemory()
    activity.set({ ...activity.get(), problem: 'superseded' })
    onLost()
  }

  async function attempt(): Promise<SyncOutcome> {
    const once = async () => {
      const { outcome, head } = await synchronise({
        feed,
        store,
        now,
        wantsText: filler.wishes.wantsText,
        index: filler.index,
      })
      filler.head = head
      return outcome
    }
    return once().catch(async (error: unknown) => {
      const isFull = error instanceof StorageFailure && error.reason === 'full'
      // Lists are worth more than old texts.
      if (isFull) await noteRefused()
      const hasRoom = isFull && (await filler.makeRoom(LIST_ROOM_BYTES).catch(() => false))
      return hasRoom ? once().catch(outcomeOf) : outcomeOf(error)
    })
  }

  async function run(): Promise<SyncOutcome> {
    const before = await store.summary()
    if (before.cursor === undefined && before.lasting && wasKept(databaseName)) wasDropped = true
    const once = () => exclusively(`${databaseName}-sync`, patienceMs, attempt)
    let outcome: SyncOutcome = await once()
    let { cursor, lasting } = await store.summary()
    if (cursor === undefined && problemOf(outcome) === undefined) {
      // What was cleared meanwhile is fetched again, by this very sync: others wait for it.
      outcome = await once()
      ;({ cursor, lasting } = await store.summary())
    }
    if (cursor !== undefined) {
      if (lasting) noteKept(databaseName)
      return outcome
    }
    if (outcome === 'storageFailed' && lasting) {
      // Nothing is kept and nothing can be: content of this session is better than none.
      store.useMemory()
      return attempt()
    }
    if (outcome === 'unreachable' && !lasting && !isSuperseded) store.reopen()
    return outcome
  }

  function sync(): Promise<SyncOutcome> {
    running ??= (async () => {
      activity.set({ ...activity.get(), syncing: true })
      let problem: SyncProblem | undefined
      try {
        const outcome = await run().catch(outcomeOf)
        problem = problemOf(outcome)
        settled = (await store.cursor().catch(() => undefined))?.filling
        if (isStarted) goOn()
        return outcome
      } finally {
        running = undefined
        const shown = isSuperseded ? 'superseded' : problem
        activity.set({
          syncing: false,
          ...(shown === undefined ? {} : { problem: shown }),
          ...(wasDropped ? { wasDropped } : {}),
        })
      }
    })()
    return running
  }

  async function syncAfter(): Promise<SyncOutcome> {
    // Whoever began that one hears what is wrong with it.
    await running?.catch(() => undefined)
    return sync()
  }

  /** What goes wrong with the phone or the network shows in `progress`. */
  function goOn(): void {
    filler.run().catch(reportError)
  }

  return {
    record: (kind, id) => heldRecord({ store, syncs, bring: () => filler.bring(id) }, kind, id),
    item: (kind, id) => listedItem({ store, syncs }, kind, id),
    list: (kind) => catalogue.list(kind),
    onPhone: (id) => onPhone(store, id),
    readAll: () => readAll(store),
    state: () => liveState(store, activity),
    copyDigest: () => digestOfCopy(store),
    sync,
    fill: () => filler.run(),
    progress: () => ({
      subscribe(listener) {
        const tell = () => listener(filler.progress.get())
        tell()
        return filler.progress.listen(tell)
      },
    }),
    sizes: () => filler.sizes(),
    wish(wish) {
      filler.wish(wish)
      filler.files.isFull = false
      if (isStarted) goOn()
    },
    keep(ids) {
      filler.wishes.keep(ids)
      filler.files.isFull = false
      if (isStarted) goOn()
    },
    fetchFilesWith(fetchFile) {
      filler.files.fetchFile = fetchFile
      if (isStarted) goOn()
    },
    async makeRoom() {
      if (fullAt() === undefined) await noteRefused()
      const pages = await dropKeptPages().catch(() => false)
      return (await filler.makeRoom(ROOM_BYTES)) || pages
    },
    async clear() {
      forgetKept(databaseName)
      forgetFull()
      await store.clear()
      await dropKeptPages()
    },
    start() {
      isStarted = true
      // What cannot be dropped now goes when room is needed, or at a later start.
      void store.dropEarlier().catch(() => false)
      const isComplete = (outcome: SyncOutcome) => problemOf(outcome) === undefined
      const syncs = { sync: () => sync().then(isComplete), syncAfter: () => syncAfter().then(isComplete) }
      const { again, soon, stop } = keepSynced(syncs, now)
      const stopListening = filler.progress.listen(onUnreachable(filler.progress, soon))
      lost.add(again)
      const stopWatching = onCopyGone(store, again)
      return () => {
        stopWatching()
        stopListening()
        lost.delete(again)
        isStarted = false
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
