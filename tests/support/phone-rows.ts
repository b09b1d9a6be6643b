import type { Page } from 'playwright'
import type { EntryRow, Stop } from '#outbox/rows.ts'

type EntryOnPhone = Pick<EntryRow, 'id' | 'state' | 'createdAt' | 'wait' | 'receipt'> & { body: string }

/** Rows of a table of the person's on the phone, read from its IndexedDB beside the app; bytes as text. */
function rowsOnPhone<T>(page: Page, table: string): Promise<T[]> {
  return page.evaluate(
    (table) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const rows = open.result.transaction(table).objectStore(table).getAll()
          rows.onsuccess = () => {
            open.result.close()
            // Nothing with a name of its own: in a benchmark what names it stays behind in Node.
            resolve(
              (rows.result as object[]).map((row) =>
                Object.fromEntries(
                  Object.entries(row).map(([key, value]: [string, unknown]) => [
                    key,
                    value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
                  ]),
                ),
              ) as T[],
            )
          }
        }
      }),
    table,
  )
}

/** The requests on the phone. */
export const entriesOnPhone = (page: Page): Promise<EntryOnPhone[]> => rowsOnPhone(page, 'entries')

/** What was chosen on the phone. */
export const preferencesOnPhone = (page: Page): Promise<Record<string, unknown>[]> => rowsOnPhone(page, 'preferences')

/** The stops of a visit on the phone. */
export const stopsOnPhone = (page: Page): Promise<Pick<Stop, 'note'>[]> => rowsOnPhone(page, 'stops')

/** The frozen bytes of each request on the phone, by id. */
export async function frozenOnPhone(page: Page): Promise<Record<string, string>> {
  return Object.fromEntries((await entriesOnPhone(page)).map(({ id, body }) => [id, body]))
}

/** The fields of a form's draft on the phone; undefined when there is none. */
export function draftOnPhone(page: Page, key: string): Promise<Record<string, unknown> | undefined> {
  return page.evaluate(
    (key) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        // Whoever looks before the app has made its database must not make an empty one in its place.
        open.onupgradeneeded = () => open.transaction?.abort()
        open.onerror = () => {
          if (open.error?.name === 'AbortError') resolve(undefined)
          else reject(open.error ?? new Error('luodi-mine did not open'))
        }
        open.onsuccess = () => {
          const row = open.result.transaction('drafts').objectStore('drafts').get(key)
          row.onsuccess = () => {
            open.result.close()
            resolve((row.result as { values: Record<string, unknown> } | undefined)?.values)
          }
        }
      }),
    key,
  )
}
