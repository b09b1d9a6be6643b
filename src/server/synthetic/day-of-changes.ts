import type { Image } from '#domain/body.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { diceFor } from './dice.ts'
import { syntheticId, syntheticRecord } from './records.ts'

interface Day {
  seed: number
  pictures?: readonly Image[]
  /** Records of the first fill. */
  count: number
  /** How many changes. */
  changes: number
  /** Which day, from 1: each changes others. */
  day: number
}

/** What one later day changes. */
interface Changes {
  /** New records and new versions of old ones. */
  put: ContentRecord[]
  /** Ids of withdrawn records. */
  withdraw: string[]
}

/** Of ten changes, one is a new record, one a withdrawal, and eight are new versions. */
export function dayOfChanges({ seed, pictures = [], count, changes, day }: Day): Changes {
  const dice = diceFor(seed, day, count)
  const added = Math.ceil(changes / 10)
  const withdrawn = Math.floor(changes / 10)
  const chosen = new Set<number>()
  while (chosen.size < Math.min(count, changes - added)) chosen.add(dice(count))
  const some = [...chosen]
  const options = { seed, pictures }
  return {
    put: [
      ...Array.from({ length: added }, (_, k) =>
        syntheticRecord(options, { n: count + (day - 1) * added + k, day, isNew: true }),
      ),
      ...some.slice(withdrawn).map((n) => syntheticRecord(options, { n, day })),
    ],
    withdraw: some.slice(0, withdrawn).map(syntheticId),
  }
}
