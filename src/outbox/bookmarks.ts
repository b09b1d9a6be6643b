import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { MineDatabase } from './database.ts'
import { live } from './live.ts'
import type { Platform } from './platform.ts'
import { type Bookmark, BookmarkSchema, readRows } from './rows.ts'

/** 收藏: records a person wants to find again. */
export interface Bookmarks {
  /** Sets the bookmark of a record, or takes it away. Returns whether it is set now. @throws StorageFailedError */
  toggle(kind: RecordKind, id: string, title: string): Promise<boolean>
  /** Newest first. */
  live(): Live<Bookmark[]>
}

export function createBookmarks(database: MineDatabase, platform: Pick<Platform, 'now'>): Bookmarks {
  const { bookmarks } = database
  return {
    toggle: (kind, id, title) =>
      database.run(() =>
        database.transaction('rw', bookmarks, async () => {
          const isSet = (await bookmarks.get([kind, id])) !== undefined
          if (isSet) await bookmarks.delete([kind, id])
          else await bookmarks.add({ kind, id, title, addedAt: platform.now() })
          return !isSet
        }),
      ),
    live: () =>
      live(database, async () => {
        const { rows } = readRows(BookmarkSchema, await bookmarks.toArray())
        return rows.sort((a, b) => b.addedAt - a.addedAt)
      }),
  }
}
