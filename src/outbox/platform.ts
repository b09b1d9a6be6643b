import type { Clock } from '#domain/clock.ts'

/** The part of Web Locks that is used. */
export interface Locks {
  request<T>(name: string, options: { signal: AbortSignal }, work: () => Promise<T>): Promise<T>
}

/** All that the outbox takes from the browser, so that a test can hold the network, the clock and the dice. */
export interface Platform {
  fetch(this: void, url: string, init: RequestInit): Promise<Response>
  now: Clock
  /** Uniform in [0, 1). */
  random(this: void): number
  randomBytes(this: void, length: number): Uint8Array<ArrayBuffer>
  /** Runs something after a time in ms; returns what calls it off. */
  setTimer(this: void, run: () => void, ms: number): () => void
  /** False only when the browser is sure that there is no network. */
  isOnline(this: void): boolean
  /** Tells of `online` and of the page becoming visible (or coming back from the back-forward cache); returns what ends that. */
  onContact(this: void, run: () => void): () => void
  /** Absent where the browser has none, and on pages without TLS. */
  locks: Locks | undefined
  /** Asks that the worker be woken when there is a network. A bonus: may do nothing. */
  requestSync(this: void, tag: string): Promise<void>
  /** Asks that the browser never evict this phone's storage. May do nothing. */
  requestPersistence(this: void): Promise<void>
  /** IndexedDB of a storage bucket of the person's, whose files are its own. Absent where the browser has none. */
  bucket: ((this: void) => Promise<IDBFactory>) | undefined
  /** A note outside IndexedDB, which outlives it: `localStorage`. Absent in workers and where pages may not store. */
  marker: Marker | undefined
}

/** One short text that is kept. */
export interface Marker {
  read(): string | null
  write(text: string): void
}

/** What differs between page, worker and server; nothing here may be relied on to exist. */
interface Host {
  navigator?: {
    onLine?: boolean
    locks?: Locks
    storage?: { persist?(): Promise<boolean> }
    storageBuckets?: { open(name: string, options: { durability: 'strict' }): Promise<{ indexedDB: IDBFactory }> }
    serviceWorker?: { getRegistration(): Promise<Registration | undefined> }
  }
  document?: EventTarget & { visibilityState: string }
  localStorage?: { getItem(key: string): string | null; setItem(key: string, value: string): void }
  registration?: Registration
  addEventListener?: EventTarget['addEventListener']
  removeEventListener?: EventTarget['removeEventListener']
}
interface Registration {
  sync?: { register(tag: string): Promise<void> }
}

/** The browser we run in. Asks for nothing before a function is called, so that a server can import and create it. */
export function browserPlatform(): Platform {
  const host = globalThis as unknown as Host
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    setTimer(run, ms) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    isOnline: () => host.navigator?.onLine !== false,
    onContact(run) {
      const whenVisible = () => {
        if (host.document?.visibilityState === 'visible') run()
      }
      host.addEventListener?.('online', run)
      host.addEventListener?.('pageshow', whenVisible)
      host.document?.addEventListener('visibilitychange', whenVisible)
      return () => {
        host.removeEventListener?.('online', run)
        host.removeEventListener?.('pageshow', whenVisible)
        host.document?.removeEventListener('visibilitychange', whenVisible)
      }
    },
    locks: host.navigator?.locks,
    async requestSync(tag) {
      const registration = host.registration ?? (await host.navigator?.serviceWorker?.getRegistration())
      await registration?.sync?.register(tag)
    },
    async requestPersistence() {
      await host.navigator?.storage?.persist?.()
    },
    bucket: bucketIn(host),
    marker: markerIn(host),
  }
}

/** Key of the note and name of the bucket. */
const MINE = 'luodi-mine'

function bucketIn({ navigator }: Host): Platform['bucket'] {
  const buckets = navigator?.storageBuckets
  return buckets && (async () => (await buckets.open(MINE, { durability: 'strict' })).indexedDB)
}

function markerIn(host: Host): Marker | undefined {
  try {
    const { localStorage } = host
    if (localStorage === undefined) return undefined
    return { read: () => localStorage.getItem(MINE), write: (text) => localStorage.setItem(MINE, text) }
  } catch {
    // A page that may not store at all is refused the mere look.
    return undefined
  }
}
