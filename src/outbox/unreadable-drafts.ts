import type { Live } from '#domain/live.ts'
import type { MineDatabase, RawRow } from './database.ts'
import { rawText } from './entry.ts'
import { live } from './live.ts'
import { DraftRowSchema, readRows } from './rows.ts'

/** A draft that another version saved and this one cannot read, as text, from which a person can take it over. */
export interface UnreadableDraft {
  key: string
  text: string
}

/** Those that lie under their key, and those that had to make way for a new one. */
export function unreadableDrafts(database: MineDatabase): Live<UnreadableDraft[]> {
  return live(database, async () => {
    const { unreadable } = readRows(DraftRowSchema, await database.drafts.toArray())
    const kept = await database.attic.toArray()
    return [...kept.flatMap(draftIn), ...(unreadable as RawRow[])].map((raw) => ({
      key: String(raw['key']),
      text: rawText(raw),
    }))
  })
}

/** Deletes those of one form: the person has their text, or wants it no more. @throws StorageFailedError */
export async function discardUnreadable(database: MineDatabase, key: string): Promise<void> {
  const { drafts, attic } = database
  await database.run(() =>
    database.transaction('rw', drafts, attic, async () => {
      await attic.filter((row) => draftIn(row).some((raw) => raw['key'] === key)).delete()
      const { unreadable } = readRows(DraftRowSchema, await drafts.where('key').equals(key).toArray())
      if (unreadable.length > 0) await drafts.delete(key)
    }),
  )
}

/** The row that made way, where it is one of a draft. */
function draftIn({ table, raw }: RawRow): RawRow[] {
  return table === 'drafts' && typeof raw === 'object' && raw !== null ? [raw as RawRow] : []
}
