import { isPending } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { AttachmentRowSchema, BookmarkSchema, DraftRowSchema, EntryRowSchema, readRows, StopSchema } from './rows.ts'

/** How much of the person's lies on this phone. */
export interface Inventory {
  /** Not known to have arrived, or a withdrawal not yet confirmed. */
  waiting: number
  refused: number
  /** Delivered and withdrawn ones. */
  settled: number
  drafts: number
  /** Files of drafts and requests. */
  attachments: number
  bookmarks: number
  stops: number
  /** Rows of another version, kept as they are. */
  unreadable: number
}

/** Counts what lies on this phone. @throws StorageFailedError */
export async function takeInventory(database: MineDatabase): Promise<Inventory> {
  const { entries, drafts, attachments, bookmarks, stops, attic } = database
  const [rawEntries, rawDrafts, rawAttachments, rawBookmarks, rawStops, kept] = await database.run(() =>
    database.transaction('r', [entries, drafts, attachments, bookmarks, stops, attic], () =>
      Promise.all([
        entries.toArray(),
        drafts.toArray(),
        attachments.toArray(),
        bookmarks.toArray(),
        stops.toArray(),
        attic.count(),
      ]),
    ),
  )
  const read = {
    entries: readRows(EntryRowSchema, rawEntries),
    drafts: readRows(DraftRowSchema, rawDrafts),
    attachments: readRows(AttachmentRowSchema, rawAttachments),
    bookmarks: readRows(BookmarkSchema, rawBookmarks),
    stops: readRows(StopSchema, rawStops),
  }
  const waiting = read.entries.rows.filter(isPending).length
  const refused = read.entries.rows.filter((row) => row.state === 'refused').length
  return {
    waiting,
    refused,
    settled: read.entries.rows.length - waiting - refused,
    drafts: read.drafts.rows.length,
    attachments: read.attachments.rows.length,
    bookmarks: read.bookmarks.rows.length,
    stops: read.stops.rows.length,
    unreadable: kept + Object.values(read).reduce((sum, { unreadable }) => sum + unreadable.length, 0),
  }
}
