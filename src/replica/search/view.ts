import { BrokenIndex } from './broken-index.ts'
import { type Bits, clearBit, fullSet, hasBit } from './bitset.ts'
import type { IndexState, Pending, SearchTransaction } from './database.ts'
import { type Searchable, searchable } from './matcher.ts'
import { isWhole, parted, type Segment } from './segment.ts'

interface WithFile {
  segment: Segment
  /** Its chunks, where they have no keys of their own. */
  file: Blob | undefined
  /** By document. */
  ids: readonly string[]
}

/** A segment as it counts now. */
export interface SegmentView extends WithFile {
  /** Documents that no newer segment or pending change replaces or takes out, as bits. */
  live: Bits
  dead: number
  /** How many of them are in each region. */
  regionSizes: Uint32Array
}

/** A pending document, folded when it is first looked through. */
interface PendingView {
  pending: Pending
  folded: () => Searchable | undefined
}

/** One state of the index, without its postings. */
export interface IndexView {
  state: IndexState
  /** Oldest first. */
  segments: SegmentView[]
  pending: PendingView[]
}

/**
 * Reads what a state of the index consists of, as far as it is not known already.
 * @param known what was read before
 * @throws BrokenIndex
 */
export async function readView(
  transaction: SearchTransaction,
  state: IndexState,
  known: IndexView | undefined,
): Promise<IndexView> {
  if (known?.state.turn === state.turn) return known
  const before = new Map(known?.segments.map((view) => [view.segment.key, view]))
  const [pending, ...segments] = await Promise.all([
    transaction.pending(),
    ...state.segments.map(async (key) => before.get(key) ?? (await readSegment(transaction, key))),
  ])
  const folded = new Map(known?.pending.map((view) => [`${view.pending.id} ${view.pending.turn}`, view]))
  return {
    state,
    segments: withLife(segments, pending),
    pending: pending.map((entry) => folded.get(`${entry.id} ${entry.turn}`) ?? pendingView(entry)),
  }
}

/** Digests of what counts in a state of the index, by id. */
export async function digestsOf(
  { segments, pending }: IndexView,
  transaction: SearchTransaction,
): Promise<Map<string, string>> {
  const known = new Map<string, string>()
  const lists = await Promise.all(segments.map(({ segment }) => transaction.digests(segment.key)))
  segments.forEach(({ ids, live }, index) => {
    const digests = parted(lists[index]!)
    ids.forEach((id, doc) => hasBit(live, doc) && known.set(id, digests[doc] ?? ''))
  })
  for (const { pending: entry } of pending) if (entry.document) known.set(entry.id, entry.document.digest)
  return known
}

async function readSegment(transaction: SearchTransaction, key: number): Promise<WithFile> {
  const [segment, file] = await Promise.all([transaction.segment(key), transaction.file(key)])
  if (segment === undefined || (segment.starts !== undefined && file === undefined)) {
    throw new BrokenIndex('A segment is missing')
  }
  const ids = parted(segment.ids)
  if (!isWhole(segment, ids)) throw new BrokenIndex('A segment is not whole')
  return { segment, file, ids }
}

function pendingView(pending: Pending): PendingView {
  let folded: Searchable | undefined
  return { pending, folded: () => (folded ??= pending.document && searchable(pending.document)) }
}

/** What is newer counts. */
function withLife(segments: readonly WithFile[], pending: readonly Pending[]): SegmentView[] {
  const replaced = new Set(pending.map(({ id }) => id))
  const views: SegmentView[] = []
  for (const [index, read] of [...segments.entries()].reverse()) {
    const { segment, ids } = read
    const live = fullSet(segment.size)
    const regionSizes = new Uint32Array(segment.regions.length)
    const { regionOf } = segment
    for (let doc = 0; doc < regionOf.length; doc++) regionSizes[regionOf[doc]!]!++
    let dead = 0
    if (replaced.size > 0 || index > 0) {
      ids.forEach((id, doc) => {
        if (!replaced.has(id)) return
        clearBit(live, doc)
        regionSizes[regionOf[doc]!]!--
        dead++
      })
      if (index > 0) for (const id of [...ids, ...parted(segment.removed)]) replaced.add(id)
    }
    views.unshift({ ...read, live, dead, regionSizes })
  }
  return views
}
