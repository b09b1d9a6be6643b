import { type Attachments, createAttachments } from './attachments.ts'
import { type Bookmarks, createBookmarks } from './bookmarks.ts'
import { COPY_TAKEN_OVER, MineDatabase } from './database.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { exportUnsent } from './export.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import { createKeptWish, type KeptWish } from './kept-wish.ts'
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts'
import { createPack, type Pack } from './pack.ts'
import { PageDrafts } from './page-drafts.ts'
import { browserPlatform } from './platform.ts'
import { createSecondCopy } from './second-copy.ts'
import { forgetNote, noteRequests, type Wiped } from './wiped.ts'

/** Everything of the person on this phone. */
export interface Mine {
  outbox: Outbox
  drafts: Drafts
  attachments: Attachments
  bookmarks: Bookmarks
  pack: Pack
  wish: KeptWish
  inventory(): Promise<Inventory>
  /** What has not arrived, as a JSON file to save. @throws StorageFailedError */
  exportUnsent(): Promise<Blob>
  /**
   * What the browser dropped without asking, when a note beside the database tells of requests that it does not hold any more.
   * Told until `acceptWiped`.
   */
  wiped(): Promise<Wiped | undefined>
  acceptWiped(): void
  /**
   * Deletes all of it from this phone, also what was not sent, but preferences: ask the person first. The server is not told.
   */
  wipe(): Promise<void>
  /** Closes the database for good. What `outbox.start` began is stopped by its own function. */
  close(): void
}

/** Opens the person's part of this phone. Touches no storage until something is asked of it. */
export function openMine(options: OutboxOptions = {}): Mine {
  const { databaseName, makeRoom, onError, ...parts } = options
  const database = new MineDatabase(databaseName, makeRoom)
  const platform = { ...browserPlatform(), ...parts }
  const copy = createSecondCopy(database, platform)
  const page = new PageDrafts()
  return {
    outbox: createOutbox(database, platform, page, copy, onError),
    drafts: createDrafts(database, platform, page),
    attachments: createAttachments(database, platform),
    bookmarks: createBookmarks(database, platform),
    pack: createPack(database, platform),
    wish: createKeptWish(database),
    inventory: () => takeInventory(database),
    exportUnsent: () => exportUnsent(database, platform.now()),
    wiped: () => noteRequests(database, platform),
    acceptWiped: () => forgetNote(platform),
    async wipe() {
      const { preferences, leases } = database
      const tables = database.tables.filter(({ name }) => name !== preferences.name)
      await database.run(() =>
        database.transaction('rw', tables, async () => {
          await Promise.all(tables.map((table) => table.clear()))
          // Nothing is to come back from the copy.
          await leases.put({ name: COPY_TAKEN_OVER })
        }),
      )
      await copy.settled()
      page.clear()
      forgetNote(platform)
    },
    close() {
      copy.end()
      database.end()
    },
  }
}
