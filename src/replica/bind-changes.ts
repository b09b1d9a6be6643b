import { listLineOf } from './blocks.ts'
import { type ContentReader, type ContentStore, type Cursor, type ListFile, sameCursor } from './store.ts'

/** With more rows than this beside the lists they are bound anew: whoever reads a page of a list goes through the ids of all of them. */
const MOST_BESIDE = 1000
/** Rows read at a time. */
const SLICE_ROWS = 400

/** Whether so much has changed since the lists came that they are to be bound anew. */
export async function isWorthBinding(store: ContentReader): Promise<boolean> {
  return (await store.rowsBeside()) > MOST_BESIDE
}

/**
 * Binds what has changed since the lists came into them. The copy stays what it is, as another filling.
 * @param breathe called between slices
 * @throws StorageFailure
 */
export async function bindChanges(store: ContentStore, breathe: () => Promise<unknown>): Promise<void> {
  const cursor = await store.cursor()
  // Whatever changes the copy meanwhile keeps this from taking its place; then it is for the next time.
  if (cursor !== undefined) await store.replaceAll(listOfCopy(store, cursor, breathe), cursor)
}

function listOfCopy(store: ContentReader, cursor: Cursor, breathe: () => Promise<unknown>): ListFile {
  return {
    epoch: cursor.epoch,
    version: cursor.version,
    async *lines() {
      for (let after: string | undefined; ; await breathe()) {
        const slice = await store.page(undefined, after, SLICE_ROWS)
        if (!sameCursor(slice.cursor, cursor)) return
        yield slice.rows.map(listLineOf)
        if (slice.rows.length < SLICE_ROWS) return
        after = slice.rows.at(-1)?.place
      }
    },
  }
}
