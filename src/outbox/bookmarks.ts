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
    toggle(kind, id, title) {
      const addedAt = platform.now()
      // Decided once: tried again after a write that had committed, it would otherwise turn back.
      let target: boolean | undefined
      return database.run(() =>
        database.transaction('rw', bookmarks, async () => {
          target ??= (await bookmarks.get([kind, id])) === undefined
          if (target) await bookmarks.put({ kind, id, title, addedAt })
          else await bookmarks.delete([kind, id])
          return target
        }),
      )
    },
    live: () =>
      live(database, async () => {
        const { rows } = readRows(BookmarkSchema, await bookmarks.toArray())
        return rows.sort((a, b) => b.addedAt - a.addedAt)
      }),
  }
}
