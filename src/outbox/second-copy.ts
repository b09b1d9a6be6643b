import { Dexie, type ObservabilitySet, RangeSet } from 'dexie'
import { ALL_KEYS, CopyDatabase } from './copy-database.ts'
import { type Change, copiedTables, copyChange, takeOver } from './copy-rows.ts'
import type { MineDatabase } from './database.ts'
import type { Platform } from './platform.ts'

/** Longest wait for the copy, in ms: what is kept lies in the database already. */
const PATIENCE = 2_000

/**
 * A copy of the person's rows in a storage bucket, which has files of its own. Chromium drops all databases of an origin when the
 * log that they share was cut short as its process was ended (crbug.com/146284): what is nowhere else must not hang on one log.
 * Where a browser has no buckets nothing is copied, and `wiped.ts` tells of a loss.
 */
export interface SecondCopy {
  /** Resolves when what was changed until now is copied, or cannot be. Never fails. */
  settled(): Promise<void>
  /** Copies what was changed where nobody followed, as by the worker. Never fails. */
  renew(): Promise<void>
  end(): void
}

/** Follows a database, and fills it when it is a new one. Touches no storage before the database is used. */
export function createSecondCopy(
  database: MineDatabase,
  { bucket, setTimer }: Pick<Platform, 'bucket' | 'setTimer'>,
): SecondCopy {
  const prefix = `idb://${database.name}/`
  const copied = copiedTables(database)
  const everything = () => copied.map((table): Change => ({ table, ...ALL_KEYS }))
  let changes: Change[] = []
  let working: Promise<void> | undefined
  let opened: Promise<CopyDatabase | undefined> | undefined

  const open = async () => {
    const indexedDB = await bucket?.()
    return indexedDB && new CopyDatabase(`${database.name}-copy`, indexedDB)
  }

  /** Does something with the copy, if there is one. @returns whether it was done; after a failure the next is on a new connection */
  async function withCopy(work: (copy: CopyDatabase) => Promise<void>): Promise<boolean> {
    opened ??= open()
    try {
      const copy = await opened
      if (copy !== undefined) await work(copy)
      return true
    } catch {
      // It is a bonus: whatever it was, what is kept is kept, and the next change or opening tries again.
      close()
      return false
    }
  }

  function close() {
    void opened?.then((copy) => copy?.close()).catch(() => undefined)
    opened = undefined
  }

  /** Before anything else is asked of a database that was made anew, unless the copy lets it wait. */
  async function fill(vip: Dexie): Promise<void> {
    // What is asked of a connection that is lost now waits for this opening to end, as this would for it.
    let lose = () => {}
    const lost = new Promise<void>((resolve) => (lose = resolve))
    database.on('close', lose)
    await notForEver(Promise.race([withCopy((copy) => takeOver(copy, vip)), lost]))
    database.on('close').unsubscribe(lose)
  }

  function follow(parts: ObservabilitySet) {
    const own = Object.entries(parts).flatMap(([part, ranges]) => {
      const table = copied.find((name) => part === `${prefix}${name}/`)
      return table === undefined ? [] : [...RangeSet(ranges)].map(({ from, to }): Change => ({ table, from, to }))
    })
    if (own.length === 0) return
    changes.push(...own)
    void copyChanges()
  }

  function copyChanges(): Promise<void> {
    if (changes.length > 0) working ??= copyAll()
    return working ?? Promise.resolve()
  }

  async function copyAll(): Promise<void> {
    for (let isDone = true; isDone && changes.length > 0;) {
      const now = changes
      changes = []
      isDone = await withCopy(async (copy) => {
        await database.run(() => takeOver(copy, database))
        for (const change of now) await copyChange(database, copy, change)
      })
      if (!isDone) changes = everything()
    }
    // Here and not in a later task: a call in between would join what has ended.
    working = undefined
  }

  async function notForEver(work: Promise<unknown>): Promise<void> {
    let callOff = () => {}
    const patience = new Promise<void>((resolve) => (callOff = setTimer(resolve, PATIENCE)))
    await Promise.race([work, patience])
    callOff()
  }

  database.on('ready', fill, true)
  Dexie.on('storagemutated', follow)
  return {
    settled: () => notForEver(copyChanges()),
    async renew() {
      changes = everything()
      await copyChanges()
    },
    end() {
      Dexie.on.storagemutated.unsubscribe(follow)
      close()
    },
  }
}
