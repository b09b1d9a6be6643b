import { type Mine, openMine } from '#outbox/mine.ts'
import { openReplica, type Replica } from '#replica/replica.ts'
import { dropSearchDatabase } from '#replica/search/connection.ts'
import { askToPersist } from '#replica/site-storage.ts'
import type { Answers } from './answers.ts'
import { followWish } from './content-wish.ts'
import { pause } from './in-turn.ts'
import type { Phone } from './phone.ts'

/** Asks the server for its words in the language of the app, which need not be the browser's. */
const fetchInLanguage: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers)
  headers.set('Accept-Language', document.documentElement.lang)
  return fetch(url, { ...init, headers })
}

/** Opens what lies below the screen, and sets both at work: the copy is filled, waiting requests are sent. */
export async function openPhone(phone: Phone, answers: Answers): Promise<Mine> {
  // Nothing can be read yet where nothing came rendered: nobody is kept waiting for a finger's sake.
  const takeTurn = answers.page === undefined ? () => undefined : pause
  const replica = openReplica()
  await takeTurn()
  const mine = openMine({ fetch: fetchInLanguage, makeRoom: () => makeRoom(replica) })
  phone.replica = replica
  phone.mine = mine
  if (answers.page === undefined) phone.content = replica
  else readWhenCurrent(phone, replica, answers.page.content)
  followWish(phone, replica, mine)
  keepWhatIsKept(replica, mine)
  await takeTurn()
  replica.start()
  await takeTurn()
  mine.outbox.start()
  return mine
}

let hasIndex = true

/**
 * Some of what can be fetched again makes way for what exists only here, and in the end the search's index, once: dropping it gives
 * Chromium no room for a while.
 * @returns whether anything did
 */
async function makeRoom(replica: Replica): Promise<boolean> {
  if (await replica.makeRoom().catch(() => false)) return true
  const hadIndex = hasIndex
  hasIndex = false
  if (hadIndex) await dropSearchDatabase().catch(() => undefined)
  return hadIndex
}

/**
 * What the person keeps comes first, whole, and never makes way. Whoever keeps something more wants it kept: the browser is asked
 * then, not before.
 */
function keepWhatIsKept(replica: Replica, mine: Mine): void {
  const kept: { bookmarks?: string[]; stops?: string[] } = {}
  let known: number | undefined
  const tell = () => {
    if (kept.bookmarks === undefined || kept.stops === undefined) return
    const ids = new Set([...kept.bookmarks, ...kept.stops])
    if (known !== undefined && ids.size > known) void askToPersist()
    known = ids.size
    replica.keep(ids)
  }
  // Pages that read these say what is wrong with them.
  const quiet = () => undefined
  mine.bookmarks.live().subscribe((bookmarks) => {
    kept.bookmarks = bookmarks.map(({ id }) => id)
    tell()
  }, quiet)
  mine.pack.live().subscribe((stops) => {
    kept.stops = stops.map(({ recordId }) => recordId)
    tell()
  }, quiet)
}

/** Pages read the replica as soon as it is no older than what they show: nothing on screen ever goes back in time. */
function readWhenCurrent(phone: Phone, replica: Replica, shown: { epoch: string; version: number }): void {
  const openedAt = Date.now()
  // What the worker answers with was kept on this phone, and is never newer than its copy.
  const isKept = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null
  const stop = replica.state().subscribe(
    ({ ready, epoch, version, syncedAt = 0 }) => {
      const isCurrent = isKept || (epoch === shown.epoch ? version >= shown.version : syncedAt > openedAt)
      if (phone.content === undefined && ready && isCurrent) phone.content = replica
      if (phone.content !== undefined) queueMicrotask(() => stop())
    },
    () => {
      // Pages that read the replica say what is wrong with it.
      phone.content = replica
    },
  )
}
