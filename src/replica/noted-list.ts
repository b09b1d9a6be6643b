import { type BodyIndex, type Wanted, wantedOf } from './body-index.ts'
import type { ContentStore, Cursor, ListFile, ListLine } from './store.ts'

/**
 * Puts a list in the place of the copy. What has to be known to bring bodies is noted as it is taken: it need not be read back from the
 * database then.
 * @param expected the cursor that the decision rested on
 * @returns false when the copy has changed since
 */
export async function takeList(
  store: ContentStore,
  index: Pick<BodyIndex, 'adopt'>,
  list: ListFile,
  expected: Cursor | undefined,
): Promise<boolean> {
  const noted = notedList(list)
  if (!(await store.replaceAll(noted, expected))) return false
  const position = await store.cursor()
  if (position?.epoch === list.epoch && position.version === list.version) index.adopt(noted.wanted, position)
  return true
}

interface NotedList extends ListFile {
  /** By id, of all that was taken the last time. */
  wanted: Map<string, Wanted>
}

function notedList(list: ListFile): NotedList {
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
