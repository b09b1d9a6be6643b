import { type Mine, openMine } from '#outbox/mine.ts'
import { dropKeptMedia } from '#replica/media-cache.ts'
import { openReplica, type Replica } from '#replica/replica.ts'
import { dropSearchDatabase } from '#replica/search/connection.ts'
import type { Answers } from './answers.ts'
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
  const mine = openMine({ fetch: fetchInLanguage, makeRoom: () => dropContent(replica) })
  phone.replica = replica
  phone.mine = mine
  if (answers.page === undefined) phone.content = replica
  else readWhenCurrent(phone, replica, answers.page.content)
  await takeTurn()
  replica.start()
  await takeTurn()
  mine.outbox.start()
  return mine
}

/** What can be fetched again makes way for what exists only here. */
async function dropContent(replica: Replica): Promise<void> {
  await Promise.allSettled([dropKeptMedia(), replica.clear(), dropSearchDatabase()])
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
