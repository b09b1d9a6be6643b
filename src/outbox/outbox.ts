import type { Live } from '#domain/live.ts'
import { OUTBOX_SYNC_TAG } from './background.ts'
import type { MineDatabase } from './database.ts'
import { type OutboxEntry, sortEntries, toEntry } from './entry.ts'
import { countPending } from './journal.ts'
import { live } from './live.ts'
import type { PageDrafts } from './page-drafts.ts'
import type { Platform } from './platform.ts'
import { removeEntry } from './remove.ts'
import type { SecondCopy } from './second-copy.ts'
import { createSender } from './sender.ts'
import { dropSettledBytes } from './settled-bytes.ts'
import { type InquiryRequest, store } from './submit.ts'
import { createRefresh, withdraw, type WithdrawResult } from './tracking.ts'
import { startTriggers } from './triggers.ts'
import { forgetNote, noteRequests } from './wiped.ts'

/** The requests of this phone: what waits, what was refused, what has arrived. */
export interface Outbox {
  /** Those that need somebody or something first, then newest first. */
  entries(): Live<OutboxEntry[]>
  entry(id: string): Live<OutboxEntry | undefined>
  /**
   * Keeps a request for ever and sends it when that can be done. Resolves when it is on disk, before anything is sent.
   * @returns its id; the first one's when the same draft is submitted twice unchanged
   * @throws InvalidRequestError, StorageFailedError: nothing was stored, the draft is untouched
   */
  submit(request: InquiryRequest): Promise<string>
  /**
   * Tries everything that waits, now; resolves when all has been tried. The network never makes it fail.
   * @returns how many still wait
   */
  sendNow(): Promise<number>
  /** Asks the server how far the delivered requests have come. */
  refresh(): Promise<void>
  withdraw(id: string): Promise<WithdrawResult>
  /**
   * Deletes a request from this phone only. For one not sent yet that is for good: ask the person first.
   * @throws EntryBusyError while it is being sent or withdrawn
   */
  remove(id: string): Promise<void>
  /** Begins to send by itself: now, `online`, becoming visible, at the time of the next attempt. Returns what stops it. */
  start(): () => void
}

export interface OutboxOptions extends Partial<Platform> {
  databaseName?: string
  /**
   * Is asked to drop some of what can be fetched again when the phone is full, as long as that is so and anything goes, before a
   * person is told. Gives whether anything has gone.
   */
  makeRoom?: () => Promise<boolean>
  /** Hears failures of the phone's own storage in work that nobody waits for; absent, the window's `error` event tells of them. */
  onError?: (error: unknown) => void
}

/** The outbox on an open database. */
export function createOutbox(
  database: MineDatabase,
  platform: Platform,
  page: PageDrafts,
  copy: SecondCopy,
  onError: (error: unknown) => void = (error) => reportError(error),
): Outbox {
  const sender = createSender(database, platform)
  const refresh = createRefresh(database, platform)

  /** Bonuses: an outbox without them loses nothing, so that their failure is of no interest. */
  async function askForHelp() {
    const isFirst = (await database.run(() => database.entries.count())) === 1
    await Promise.allSettled([
      platform.requestSync(OUTBOX_SYNC_TAG),
      isFirst && platform.requestPersistence(),
      noteRequests(database, platform),
    ])
  }

  return {
    entries: () => live(database, async () => sortEntries((await database.entries.toArray()).map(toEntry))),
    entry: (id) =>
      live(database, async () => {
        const raw = await database.entries.get(id)
        return raw === undefined ? undefined : toEntry(raw)
      }),
    async submit(request) {
      const id = await store(database, platform, page, request)
      await copy.settled()
      askForHelp().catch(onError)
      sender.look('due').catch(onError)
      return id
    },
    async sendNow() {
      await sender.look('now')
      return countPending(database)
    },
    refresh,
    async withdraw(id) {
      const result = await withdraw(database, platform, id)
      await copy.settled()
      return result
    },
    async remove(id) {
      await removeEntry(database, platform, id)
      await copy.settled()
      if ((await database.run(() => database.entries.count())) === 0) forgetNote(platform)
    },
    start() {
      dropSettledBytes(database, platform.now())
        .then(() => copy.renew())
        .catch(onError)
      // Before anything is submitted, which would stand in the place of what is missed.
      noteRequests(database, platform).catch(onError)
      return startTriggers(database, platform, sender, refresh, onError)
    },
  }
}
