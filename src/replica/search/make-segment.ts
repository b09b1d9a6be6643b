import { readRuns } from './answer-query.ts'
import { buildSegment } from './build.ts'
import type { Connection } from './connection.ts'
import type { SearchDocument } from './document.ts'
import { mergeSegments } from './merge.ts'
import { joined, parted } from './segment.ts'
import type { IndexView, SegmentView } from './view.ts'
import { type NewSegment, type WriteChunks, writeSegment } from './write-segment.ts'

/** From so many on a segment is one of the steps of a filling, and merged with the others in the end. */
const MANY_AT_ONCE = 256

/** Makes a segment of documents. @param remove ids that are gone */
export async function addDocuments(
  connection: Connection,
  put: readonly SearchDocument[],
  remove: readonly string[],
): Promise<void> {
  const documents = [...new Map(put.map((document) => [document.id, document])).values()]
  const settled = documents.map(({ id }) => id).concat(remove)
  const isPassing = documents.length >= MANY_AT_ONCE
  await writeSegment(connection, (write) => built(documents, remove, write), { settled, isPassing })
}

/** Makes a segment of what is pending. */
export async function settlePending(connection: Connection, view: IndexView): Promise<void> {
  const entries = view.pending.map(({ pending }) => pending)
  const documents = entries.flatMap(({ document }) => document ?? [])
  const removed = entries.filter(({ document }) => document === undefined).map(({ id }) => id)
  const turns = new Map(entries.map(({ id, turn }) => [id, turn]))
  const effects = { settled: [...turns.keys()], turns }
  await writeSegment(connection, (write) => built(documents, removed, write), effects)
}

/**
 * Makes one segment of those from the first number to before the second.
 * @param known digests of what is indexed, by id
 */
export async function mergeRange(
  connection: Connection,
  view: IndexView,
  [from, to]: readonly [number, number],
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const merged = view.segments.slice(from, to)
  const removed = from === 0 ? [] : merged.flatMap(({ segment }) => parted(segment.removed))
  const chunkOf = (source: SegmentView, index: number) =>
    connection.transact('readonly', async (transaction) => {
      const [run] = await readRuns(source, [[index, index + 1]], transaction)
      return run![0]!
    })
  const sources = merged.map((source) => ({ ...source, chunk: (index: number) => chunkOf(source, index) }))
  const merge = async (write: WriteChunks) => {
    const head = await mergeSegments(sources, [...new Set(removed)], write)
    return { head, digests: joined(parted(head.ids).map((id) => known.get(id) ?? '')) }
  }
  await writeSegment(connection, merge, { replaces: merged.map(({ segment }) => segment.key) })
}

async function built(
  documents: readonly SearchDocument[],
  removed: readonly string[],
  write: WriteChunks,
): Promise<NewSegment> {
  const { head, chunks } = buildSegment(documents, removed)
  await write(chunks)
  const digests = new Map(documents.map(({ id, digest }) => [id, digest]))
  return { head, digests: joined(parted(head.ids).map((id) => digests.get(id) ?? '')) }
}
