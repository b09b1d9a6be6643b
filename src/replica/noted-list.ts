import { type Wanted, wantedOf } from './body-index.ts'
import type { ListFile, ListLine } from './store.ts'

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
    async *lines() {
      // It is taken once more where the database had to be opened again.
      noted.wanted = new Map()
      for await (const lines of list.lines()) yield noting(lines, noted.wanted)
    },
  }
  return noted
}

function* noting(lines: Iterable<ListLine>, wanted: Map<string, Wanted>): Generator<ListLine, void> {
  for (const line of lines) {
    wanted.set(line.put.id, wantedOf(line.put))
    yield line
  }
}
