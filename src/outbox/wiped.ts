import * as v from 'valibot'
import type { MineDatabase } from './database.ts'
import type { Platform } from './platform.ts'

const WipedSchema = v.object({ requests: v.pipe(v.number(), v.integer(), v.minValue(0)), at: v.number() })

/** Kept beside the database: how many requests lay in it, and when that was last written down (ms); what is missed until told. */
const MarkSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ ...WipedSchema.entries, missed: v.optional(WipedSchema) }),
)

/** What the browser dropped without asking. */
export interface Wiped {
  requests: number
  /** ms by the phone's clock: when they were last known to be there. */
  at: number
}

/**
 * Writes down how many requests there are, where it outlives the database.
 * @returns what is gone: the note tells of requests and the database holds none
 */
export async function noteRequests(
  database: MineDatabase,
  platform: Pick<Platform, 'marker' | 'now'>,
): Promise<Wiped | undefined> {
  const { marker } = platform
  if (marker === undefined) return undefined
  const count = await database.run(() => database.entries.count())
  const read = v.safeParse(
    MarkSchema,
    attempt(() => marker.read()),
  )
  const mark = read.success ? read.output : undefined
  const missed = count === 0 && mark !== undefined && mark.requests > 0 ? withoutMissed(mark) : mark?.missed
  attempt(() => marker.write(JSON.stringify({ requests: count, at: platform.now(), missed })))
  return missed
}

const withoutMissed = ({ requests, at }: Wiped): Wiped => ({ requests, at })

/** The person knows, or deleted them: they are not missed any more. */
export function forgetNote({ marker, now }: Pick<Platform, 'marker' | 'now'>): void {
  attempt(() => marker?.write(JSON.stringify({ requests: 0, at: now() })))
}

/** The note is a help and no part of the promise: a browser that refuses it is none the worse. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
