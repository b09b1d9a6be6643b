import type { BodyIndex } from './body-index.ts'
import { listLineOf } from './blocks.ts'
import { idle } from './idle.ts'
import { takeList } from './noted-list.ts'
import { hasRoom } from './has-room.ts'
import { StorageFailure } from './storage-failure.ts'
import { type ContentReader, type ContentStore, type Cursor, type ListFile, sameCursor } from './store.ts'

/** With more rows than this beside the lists they are bound anew: whoever reads a page of a list goes through the ids of all of them. */
const MOST_BESIDE = 1000
/** Rows read at a time. */
const SLICE_ROWS = 400

/** Binds what has changed since the lists came into them, when it is much and there is room. Call it where no other tab syncs. */
export async function bindWhenWorth(store: ContentStore, index: Pick<BodyIndex, 'adopt'>): Promise<void> {
  try {
    if ((await store.rowsBeside()) > MOST_BESIDE && (await hasRoom(() => store.measure())))
      await bindChanges(store, index, idle)
  } catch (error) {
    // They stay as they are, and can be read all the same.
    if (!(error instanceof StorageFailure)) throw error
  }
}

/**
 * Binds what has changed since the lists came into them. The copy stays what it is, as another filling.
 * @param breathe called between slices
 * @throws StorageFailure
 */
export async function bindChanges(
  store: ContentStore,
  index: Pick<BodyIndex, 'adopt'>,
  breathe: () => Promise<unknown>,
): Promise<void> {
  const cursor = await store.cursor()
  // Whatever changes the copy meanwhile keeps this from taking its place; then it is for the next time.
  if (cursor !== undefined) await takeList(store, index, listOfCopy(store, cursor, breathe), cursor)
}

function listOfCopy(store: ContentReader, cursor: Cursor, breathe: () => Promise<unknown>): ListFile {
  return {
    ...cursor,
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
