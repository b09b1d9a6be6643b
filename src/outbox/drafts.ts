import { v4 } from 'uuid'
import { SCHEMA_VERSION } from '#domain/inquiry/inquiry.ts'
import type { Live } from '#domain/live.ts'
import { type BegunForm, begunForms, dropBegun } from './begun.ts'
import type { MineDatabase } from './database.ts'
import { live } from './live.ts'
import type { PageDrafts } from './page-drafts.ts'
import type { Platform } from './platform.ts'
import { type DraftRow, DraftRowSchema, readRow } from './rows.ts'
import { discardUnreadable, type UnreadableDraft, unreadableDrafts } from './unreadable-drafts.ts'

/** What a person has typed so far. Not validated: half a telephone number is kept too. */
export interface Draft {
  values: Record<string, unknown>
  /** ms by the phone's clock */
  savedAt: number
  /** `SCHEMA_VERSION` of the form that saved it. */
  version: number
  /** Of what it is about, if that was known. */
  title?: string | undefined
}

/** Forms not submitted yet, by `draftKey`. */
export interface Drafts {
  /** What a form that is opened begins with. @throws StorageFailedError */
  load(key: string): Promise<Draft | undefined>
  /** What is on disk, for a form that shows something else. @throws StorageFailedError */
  peek(key: string): Promise<Draft | undefined>
  /**
   * Writes fields over those that are there: what another tab typed into others stays. Resolves when it is on disk.
   * @param changes the fields that were typed into since they were last saved
   * @param title of what it is about; without it the one that was kept stays
   * @throws StorageFailedError: keep showing that it is not saved
   */
  save(key: string, changes: Record<string, unknown>, title?: string): Promise<{ savedAt: number }>
  discard(key: string): Promise<void>
  /** Forms that were begun, but corrections: what a person may want to go on with. */
  begun(): Live<BegunForm[]>
  /** Deletes a form that was begun for good, with its files. @throws StorageFailedError */
  drop(key: string): Promise<void>
  /** Those of all forms that this version cannot read. */
  unreadable(): Live<UnreadableDraft[]>
  /** Deletes those of one form for good. @throws StorageFailedError */
  discardUnreadable(key: string): Promise<void>
  /** Follows a draft, also when another tab writes it; undefined when there is none (any more). */
  live(key: string): Live<Draft | undefined>
}

/** @param page shared with the outbox of the same page, so that it knows which draft a form shows */
export function createDrafts(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'randomBytes'>,
  page: PageDrafts,
): Drafts {
  const { drafts, attic, entries } = database

  async function read(key: string, note: (row: DraftRow | undefined) => void): Promise<Draft | undefined> {
    const row = readRow(DraftRowSchema, await drafts.get(key))
    note(row)
    return row && { values: row.values, savedAt: row.savedAt, version: row.version, title: row.title }
  }

  async function write(key: string, changes: Record<string, unknown>, title?: string): Promise<{ savedAt: number }> {
    // Forms hold proxies, which IndexedDB refuses; what is typed is plain data.
    const typed = JSON.parse(JSON.stringify(changes)) as Record<string, unknown>
    const fresh = v4({ random: platform.randomBytes(16) })
    const savedAt = platform.now()
    let written: string | undefined
    const wasSubmitted = async () =>
      written !== undefined && (await entries.where('draftToken').startsWith(written).count()) > 0
    await database.run(() =>
      database.transaction('rw', drafts, attic, entries, async () => {
        const raw = await drafts.get(key)
        // Tried again, for the connection was lost: what the first try wrote has become a request, and must not come back.
        if (raw === undefined && (await wasSubmitted())) return
        const row = readRow(DraftRowSchema, raw)
        if (raw !== undefined && row === undefined) await attic.add({ table: 'drafts', raw, keptAt: savedAt })
        const token = row?.token ?? fresh
        const values = { ...row?.values, ...typed }
        page.tries(key, { token, values: typed })
        await drafts.put({ key, version: SCHEMA_VERSION, values, savedAt, token, title: title ?? row?.title })
        written = token
      }),
    )
    page.wrote(key)
    return { savedAt }
  }

  return {
    load: (key) => database.run(() => read(key, (row) => page.opens(key, row))),
    peek: (key) => database.run(() => read(key, () => undefined)),
    live: (key) => live(database, () => read(key, (row) => page.follows(key, row))),
    unreadable: () => unreadableDrafts(database),
    discardUnreadable: (key) => discardUnreadable(database, key),
    discard: (key) => database.run(() => drafts.delete(key)),
    begun: () => begunForms(database),
    async drop(key) {
      // What is still being saved would bring it back.
      await page.saved(key)
      await database.run(() => dropBegun(database, key))
    },
    save: (key, changes, title) => page.save(key, () => write(key, changes, title)),
  }
}
