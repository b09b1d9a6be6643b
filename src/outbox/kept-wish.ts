import { changedWish, type ContentWish, ContentWishSchema, NOTHING_CHOSEN } from '#domain/content-wish.ts'
import type { Live } from '#domain/live.ts'
import type { MineDatabase } from './database.ts'
import { live } from './live.ts'
import { readRow } from './rows.ts'

/** Its row among the preferences. */
const NAME = 'content'

/** How much of the content the person wants on this phone. */
export interface KeptWish {
  /**
   * Changes a part of it. Resolves with all of it when that is on disk.
   * @param otherwise what the change is made to where nothing is kept yet
   * @throws StorageFailedError
   */
  choose(change: Partial<ContentWish>, otherwise?: ContentWish): Promise<ContentWish>
  /** Keeps what an earlier release kept elsewhere, unless there is a choice already. @throws StorageFailedError */
  takeOver(wish: ContentWish): Promise<void>
  /** What was too much for a choice has gone. @throws StorageFailedError */
  tidied(wish: ContentWish): Promise<void>
  /** Undefined until something was chosen. */
  live(): Live<ContentWish | undefined>
}

export function createKeptWish(database: MineDatabase): KeptWish {
  const { preferences } = database
  /** A choice is made again in a moment; what would make way for it on a full phone is fetched for hours. */
  const write = <T>(work: () => Promise<T>) =>
    database.run(() => database.transaction('rw', preferences, work), { makesRoom: false })
  return {
    choose: (change, otherwise = NOTHING_CHOSEN) =>
      write(async () => {
        const row = await preferences.get(NAME)
        const wish = changedWish(readRow(ContentWishSchema, row) ?? otherwise, change)
        // What another version may have written beside it stays.
        await preferences.put({ ...row, before: undefined, name: NAME, ...wish })
        return wish
      }),
    tidied: ({ depth, before }) =>
      write(async () => {
        const row = await preferences.get(NAME)
        if (row?.['depth'] === depth && row['before'] === before) await preferences.update(NAME, { before: undefined })
      }),
    takeOver: (wish) =>
      write(async () => {
        if ((await preferences.get(NAME)) === undefined) await preferences.add({ name: NAME, ...wish })
      }),
    live: () => live(database, async () => readRow(ContentWishSchema, await preferences.get(NAME))),
  }
}
