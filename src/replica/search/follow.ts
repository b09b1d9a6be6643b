import type { SearchDocument } from './document.ts'
import type { SearchIndex } from './search-index.ts'

/** Where the documents come from: a copy of the content that changes, is replaced and is dropped as it likes. */
export interface DocumentSource {
  /** Names the state that the copy is in, so that the same name means the same documents; undefined when there is no copy. */
  state(): Promise<string | undefined>
  /**
   * Every document of the copy, some at a time.
   * @param isKnown whether this version of it is indexed already; its text is not read then
   */
  documents(isKnown: (id: string, digest: string) => boolean): AsyncIterable<SourceBatch>
  /** Documents by id; those that are not there are left out. */
  read(ids: readonly string[]): Promise<SearchDocument[]>
}

export interface SourceBatch {
  /** Ids of all documents of the batch. */
  ids: string[]
  /** Those whose version is not known. */
  changed: SearchDocument[]
}

/** How many documents were looked at so far. */
export type Progress = (done: number) => void

/** Documents taken into the index at a time: so many that a segment is worth it, so few that they are no burden. */
const MOST_CHARACTERS = 1_000_000

/**
 * Brings the index to the state of its source: documents that are new or have changed are indexed, those that are gone are taken
 * out. Cut off anywhere, the next call goes on from there.
 * @returns whether the index is at the state that the source is in now
 */
export async function follow(source: DocumentSource, index: SearchIndex, progress: Progress): Promise<boolean> {
  const state = await source.state()
  if (state === undefined) {
    await index.clear()
    return true
  }
  if ((await index.source()) === state) return true
  const run = await index.begin()
  const known = await index.digests()
  const seen = new Set<string>()
  let waiting: SearchDocument[] = []
  let characters = 0
  const flush = async () => {
    if (waiting.length > 0) await index.update({ put: waiting, remove: [] })
    waiting = []
    characters = 0
    progress(seen.size)
  }
  for await (const { ids, changed } of source.documents((id, digest) => known.get(id) === digest)) {
    for (const id of ids) seen.add(id)
    for (const document of changed) {
      waiting.push(document)
      characters += document.text.length
      if (characters >= MOST_CHARACTERS) await flush()
    }
  }
  await flush()
  // While it was read the copy may have been swapped: then nothing is known of what is missing.
  if ((await source.state()) !== state) return false
  const gone = [...known.keys()].filter((id) => !seen.has(id))
  if (gone.length > 0) await index.update({ put: [], remove: gone })
  return index.mark(state, run)
}
