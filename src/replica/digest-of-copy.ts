import { type CopyDigest, digestOf } from '#domain/copy-digest.ts'
import { type ContentReader, isSameFilling, type Row } from './store.ts'

const SLICE_ROWS = 200

/** What the copy comes to; undefined before the first filling. */
export async function digestOfCopy(store: ContentReader): Promise<CopyDigest | undefined> {
  const cursor = await store.cursor()
  if (cursor === undefined) return undefined
  const rows: Row[] = []
  for (let after: string | undefined; ;) {
    const slice = await store.page(undefined, after, SLICE_ROWS)
    // It went on while it was read: once more.
    if (!isSameFilling(cursor, slice.cursor) || slice.cursor?.version !== cursor.version) return digestOfCopy(store)
    rows.push(...slice.rows)
    const last = slice.rows.at(-1)
    if (last === undefined) return { epoch: cursor.epoch, version: cursor.version, digest: digestOf(rows) }
    after = last.place
  }
}
