import type { ListItem } from '#domain/record/list-item.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { readItem, readRecord } from './reader.ts'
import type { ContentReader } from './store.ts'

/** Rows read at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 200

/** A record of the copy; without the whole where its body has not come. */
export interface ReadRecord {
  item: ListItem
  record: ContentRecord | undefined
}

/**
 * Every record of the copy that this app can read, for whoever looks through all of them. What changes meanwhile may be as it was, or
 * missing where it has got another place.
 */
export async function readAll(store: ContentReader): Promise<ReadRecord[]> {
  const read = new Map<string, ReadRecord>()
  for (let after: string | undefined; ;) {
    const { rows } = await store.page(undefined, after, SLICE_ROWS)
    const last = rows.at(-1)
    if (last === undefined) return [...read.values()]
    const bodies = await store.bodies(rows.map(({ body }) => body.sha256))
    for (const row of rows) {
      const item = readItem(row)
      const body = bodies.get(row.body.sha256)
      if (item !== undefined)
        read.set(row.id, { item, record: body === undefined ? undefined : readRecord(item.kind, row, body) })
    }
    after = last.place
  }
}
