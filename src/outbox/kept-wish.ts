import { type ContentWish, ContentWishSchema, NOTHING_CHOSEN } from '#domain/content-wish.ts'
import type { Live } from '#domain/live.ts'
import type { MineDatabase } from './database.ts'
import { live } from './live.ts'
import { readRow } from './rows.ts'

/** Its row among the preferences. */
const NAME = 'content'

/** How much of the content the person wants on this phone. */
export interface KeptWish {
  /** Changes a part of it. Resolves with all of it when that is on disk. @throws StorageFailedError */
  choose(change: Partial<ContentWish>): Promise<ContentWish>
  /** Keeps what an earlier release kept elsewhere, unless there is a choice already. @throws StorageFailedError */
  takeOver(wish: ContentWish): Promise<void>
  /** Undefined until something was chosen. */
  live(): Live<ContentWish | undefined>
}

export function createKeptWish(database: MineDatabase): KeptWish {
  const { preferences } = database
  return {
    choose: (change) =>
      database.run(() =>
        database.transaction('rw', preferences, async () => {
          const row = await preferences.get(NAME)
          const wish = { ...(readRow(ContentWishSchema, row) ?? NOTHING_CHOSEN), ...change }
          // What another version may have written beside it stays.
          await preferences.put({ ...row, name: NAME, ...wish })
          return wish
        }),
      ),
    takeOver: (wish) =>
      database.run(() =>
        database.transaction('rw', preferences, async () => {
          if ((await preferences.get(NAME)) === undefined) await preferences.add({ name: NAME, ...wish })
        }),
      ),
    live: () => live(database, async () => readRow(ContentWishSchema, await preferences.get(NAME))),
  }
}
