import type { IndexView } from './view.ts'

/** Pending changes that a query can be held up by: each is looked through. */
const MOST_PENDING = 64
/** Segments that a query can be held up by: each is asked. */
const MOST_SEGMENTS = 4

/** What has to be put in order next: pending changes, or segments from the first number to before the second; or nothing. */
export function tidying({ segments, pending }: IndexView): 'pending' | readonly [number, number] | undefined {
  if (pending.length > MOST_PENDING) return 'pending'
  const sizes = segments.map(({ segment }) => segment.size)
  const live = segments.map(({ segment, dead }) => segment.size - dead)
  const dead = sum(sizes) - sum(live)
  if (segments.length > 0 && dead > sum(live) / 4) return [0, segments.length]
  // What a filling left is put together once it is over.
  const passing = segments.findIndex(({ file }) => file !== undefined)
  if (passing >= 0) return [passing, segments.length]
  if (segments.length <= MOST_SEGMENTS) return undefined
  // As few as make a segment of which the one before is at least twice as large: each document is rewritten seldom.
  let from = segments.length - 2
  while (from > 0 && live[from - 1]! < 2 * sum(live.slice(from))) from--
  return [from, segments.length]
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
