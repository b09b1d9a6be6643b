import type { Page } from 'playwright'
import type { EntryRow } from '#outbox/rows.ts'

type EntryOnPhone = Pick<EntryRow, 'id' | 'state' | 'createdAt' | 'wait' | 'receipt'> & { body: string }

/** The requests on the phone, read from its IndexedDB beside the app. */
export function entriesOnPhone(page: Page): Promise<EntryOnPhone[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const rows = open.result.transaction('entries').objectStore('entries').getAll()
          rows.onsuccess = () => {
            open.result.close()
            const entries = rows.result as EntryRow[]
            resolve(entries.map((row) => ({ ...row, body: new TextDecoder().decode(row.body) })))
          }
        }
      }),
  )
}

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

/** What was chosen on the phone, as it lies in its IndexedDB. */
export function preferencesOnPhone(page: Page): Promise<Record<string, unknown>[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const rows = open.result.transaction('preferences').objectStore('preferences').getAll()
          rows.onsuccess = () => {
            open.result.close()
            resolve(rows.result as Record<string, unknown>[])
          }
        }
      }),
  )
}
