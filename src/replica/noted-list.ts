import type { Put } from '#domain/feed-v2.ts'
import { type Wanted, wantedOf } from './body-index.ts'
import type { ListFile } from './store.ts'

/** A list that notes, as it is taken, what has to be known to bring bodies: it need not be read back from the database then. */
export interface NotedList extends ListFile {
  /** By id, of all that was taken the last time. */
  wanted: Map<string, Wanted>
}

/** The same list, which notes. */
export function notedList(list: ListFile): NotedList {
  const noted: NotedList = {
    ...list,
    wanted: new Map(),
    async *puts() {
      // It is taken once more where the database had to be opened again.
      noted.wanted = new Map()
      for await (const puts of list.puts()) yield noting(puts, noted.wanted)
    },
  }
  return noted
}

function* noting(puts: Iterable<Put>, wanted: Map<string, Wanted>): Generator<Put, void> {
  for (const put of puts) {
    wanted.set(put.id, wantedOf(put))
    yield put
  }
}
