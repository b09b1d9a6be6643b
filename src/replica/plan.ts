import { type ListHead, openStepUrl, segmentUrl, stepUrl } from '#domain/feed-v2.ts'
import type { Cursor } from './store.ts'

/** One file of changes to fetch. */
export interface Part {
  path: string
  /** The first version it may begin with so that nothing is missing. */
  from: number
  /** The version that it must reach. */
  to: number
}

/** What brings a copy up to the head. No parts: it is there already. */
export type Plan = { kind: 'list' } | { kind: 'changes'; parts: Part[] }

/** So few steps are taken one by one, with their bodies, in place of the whole segment. */
const FEW_STEPS = 3

/** Whether a head contradicts the copy instead of continuing it: a new epoch, a feed restored from a backup, or a stale answer. */
export function contradicts(cursor: Cursor, head: ListHead): boolean {
  return cursor.epoch !== head.epoch || cursor.version > head.head
}

/**
 * The rule of the feed's contract: the list of everything for an empty copy, another epoch, or a cursor under `minVersion` or above
 * `head`; otherwise whole closed runs from the cursor on, and the open one.
 */
export function planFor(cursor: Cursor | undefined, head: ListHead): Plan {
  if (cursor === undefined || contradicts(cursor, head) || cursor.version < head.minVersion) return { kind: 'list' }
  const parts: Part[] = []
  for (let at = cursor.version; at < head.head; at = parts.at(-1)?.to ?? head.head) parts.push(nextPart(at, head))
  return { kind: 'changes', parts }
}

/** The largest run that continues version `at` and brings little that is known. */
function nextPart(at: number, { epoch, head, segmentSize, stepSize }: ListHead): Part {
  const segment = Math.floor(at / segmentSize)
  const segmentEnd = (segment + 1) * segmentSize
  if (segmentEnd <= head && segmentEnd - at > FEW_STEPS * stepSize)
    return { path: segmentUrl(epoch, segment), from: at + 1, to: segmentEnd }
  const step = Math.floor(at / stepSize)
  const stepEnd = (step + 1) * stepSize
  if (stepEnd <= head) return { path: stepUrl(epoch, step), from: at + 1, to: stepEnd }
  return { path: openStepUrl(epoch, head), from: at + 1, to: head }
}
