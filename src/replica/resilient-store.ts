import type { Live } from '#domain/live.ts'
import { FeedFailure } from './feed-failure.ts'
import { memoryStore } from './memory-store.ts'
import { settled } from './settled.ts'
import { asStorageFailure } from './storage-failure.ts'
import { type ContentReader, type ContentStore, TAKEN_OVER, type TakenOver } from './store.ts'

/** `onProgress` is to be called while what an earlier release kept is taken over. */
type Build = (extent: TakenOver, onProgress: () => void) => ContentStore

interface ResilientStore extends ContentStore {
  /** Keeps the copy in memory, starting empty. */
  useMemory(): void
  /** Asks for the database once more. */
  reopen(): void
}

interface Parts {
  /** Makes an unopened store, which takes over so much of what an earlier release kept. */
  build: Build
  /** How long the database may be silent before its first answer. */
  patienceMs: number
  /** Drops what may always go, where there is no room for what is taken over. Says whether there was any. */
  makeRoom: () => Promise<boolean>
}

/**
 * A store that outlives its database: when the browser has killed the connection it is opened again, and where there is no
 * database to be had the copy lives in memory. Whoever watches goes on watching. Every error is a `StorageFailure`.
 */
export function resilientStore(parts: Parts): ResilientStore {
  let current: Promise<ContentStore> | undefined
  const reattach = new Set<() => void>()

  const opened = () => (current ??= open(parts))
  const replace = (next: Promise<ContentStore>) => {
    const before = current
    current = next
    void before?.then((store) => store.close())
    reattach.forEach((attach) => attach())
    return next
  }

  async function run<T>(task: (store: ContentStore) => Promise<T>): Promise<T> {
    const used = opened()
    try {
      return await task(await used)
    } catch (error) {
      // A list is read on the way into the database: what is wrong with it is no fault of that.
      if (error instanceof FeedFailure) throw error
      const failure = asStorageFailure(error)
      if (failure.reason === 'full') return measuredAnew(await used, task)
      const next = current === used ? replace(open(parts)) : opened()
      return task(await next).catch((again: unknown) => {
        throw again instanceof FeedFailure ? again : asStorageFailure(again)
      })
    }
  }

  function watch<T>(query: (store: ContentReader) => Promise<T>): Live<T> {
    return {
      subscribe(listener, fail) {
        let stop = () => {}
        let attachment = 0
        let failedBefore = false
        const tell = (value: T) => {
          failedBefore = false
          listener(value)
        }
        const attach = () => {
          const mine = ++attachment
          stop()
          void opened().then((store) => {
            if (mine !== attachment) return
            stop = store.watch(query).subscribe(tell, (error) => {
              // The first time, `run` opens the database again, which attaches this watcher anew.
              if (failedBefore) fail(asStorageFailure(error))
              else void run(query).then(tell, fail)
              failedBefore = true
            })
          })
        }
        reattach.add(attach)
        attach()
        return () => {
          attachment = -1
          reattach.delete(attach)
          stop()
        }
      },
    }
  }

  return {
    summary: () => run((store) => store.summary()),
    cursor: () => run((store) => store.cursor()),
    row: (id) => run((store) => store.row(id)),
    page: (kind, after, limit) => run((store) => store.page(kind, after, limit)),
    changedAfter: (version, limit) => run((store) => store.changedAfter(version, limit)),
    rowsBeside: () => run((store) => store.rowsBeside()),
    body: (sha256) => run((store) => store.body(sha256)),
    bodies: (sha256s) => run((store) => store.bodies(sha256s)),
    volumesAfter: (n, limit) => run((store) => store.volumesAfter(n, limit)),
    missing: (sha256s) => run((store) => store.missing(sha256s)),
    applyRun: (part) => run((store) => store.applyRun(part)),
    replaceAll: (list, expected) => run((store) => store.replaceAll(list, expected)),
    putBodies: (bodies) => run((store) => store.putBodies(bodies)),
    dropBodies: (sha256s, isKept) => run((store) => store.dropBodies(sha256s, isKept)),
    dropOrphans: (sha256s, at) => run((store) => store.dropOrphans(sha256s, at)),
    markSynced: (at, listBytes) => run((store) => store.markSynced(at, listBytes)),
    measure: () => run((store) => store.measure()),
    dropEarlier: () => run((store) => store.dropEarlier()),
    clear: () => run((store) => store.clear()),
    watch,
    close: () => void current?.then((store) => store.close()),
    useMemory: () => void replace(Promise.resolve(memoryStore())),
    reopen: () => void replace(open(parts)),
  }
}

/** Does it once more where the phone was full, which may not be so any more. */
async function measuredAnew<T>(store: ContentStore, task: (store: ContentStore) => Promise<T>) {
  try {
    await settled()
    await store.measure()
    return await task(store)
  } catch (error) {
    throw error instanceof FeedFailure ? error : asStorageFailure(error)
  }
}

/**
 * Opens the store, or says nothing and gives memory: an open that is refused, or that never answers (seen on iOS). Where there is no
 * room for all that an earlier release kept beside it, less is taken over: at no later start would there be more.
 */
async function open(parts: Parts): Promise<ContentStore> {
  for (const extent of TAKEN_OVER) {
    let store = await opened(parts, extent)
    if (store === 'full' && (await parts.makeRoom())) store = await opened(parts, extent)
    if (store === 'failed') break
    if (store !== 'full') return store
  }
  return memoryStore()
}

async function opened({ build, patienceMs }: Parts, extent: TakenOver): Promise<ContentStore | 'full' | 'failed'> {
  const silence = silenceOf(patienceMs)
  const store = build(extent, silence.heard)
  try {
    await Promise.race([store.cursor(), silence.tooLong])
    return store
  } catch (error) {
    store.close()
    return asStorageFailure(error).reason
  } finally {
    silence.end()
  }
}

/** `tooLong` rejects when nothing was `heard` for so long, until it has ended: what is being taken over may take its time. */
function silenceOf(patienceMs: number): { tooLong: Promise<never>; heard: () => void; end: () => void } {
  let timer: ReturnType<typeof setTimeout>
  let hasEnded = false
  let giveUp = () => {}
  const tooLong = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error('the database did not open'))
  })
  const heard = () => {
    clearTimeout(timer)
    if (!hasEnded) timer = setTimeout(giveUp, patienceMs)
  }
  const end = () => {
    hasEnded = true
    clearTimeout(timer)
  }
  heard()
  return { tooLong, heard, end }
}
