import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '#domain/clock.ts'
import type { Database } from '../db/database.ts'
import { DrawingError } from './painter.ts'
import type { SharePictures } from './share-pictures.ts'
import { dropUnused } from './unused.ts'

/** How often the feed's head is looked at, by one query. */
const POLL_MS = 5000
/** The first look waits this long: whoever has just started a server opens its pages, and what they ask for is drawn at once. */
const FIRST_LOOK_MS = 30_000
const DAY_MS = 86_400_000
const RECORDS_AT_ONCE = 50

/** A place in the log of published changes. */
export interface Place {
  epoch: string
  head: number
}

interface Keeping {
  database: Database
  pictures: SharePictures
  log: Logger
}

/**
 * Draws what published records lack since a place, the newest first; without one, what any of them lacks. Takes half of a
 * processor at most. A picture that cannot be drawn is logged and tried again at the next start, or when it is asked for.
 * @param signal aborted when the server stops: no other drawing is begun then
 * @returns the place that is reached
 */
export async function catchUp(
  { database, pictures, log }: Keeping,
  signal: AbortSignal,
  since?: Place,
): Promise<Place> {
  const place = await readPlace(database)
  if (since?.epoch === place.epoch && since.head === place.head) return place
  const ids = await changedSince(database, since?.epoch === place.epoch ? since : undefined)
  for (let from = 0; from < ids.length; from += RECORDS_AT_ONCE) {
    for (const record of await pictures.missing(ids.slice(from, from + RECORDS_AT_ONCE))) {
      if (signal.aborted) return place
      const start = performance.now()
      await pictures.draw(record).catch((error: unknown) => {
        if (!(error instanceof DrawingError)) throw error
        if (!signal.aborted) log.error({ err: error, id: record.id }, 'a share picture could not be drawn')
      })
      await rest(performance.now() - start, signal)
    }
  }
  return place
}

/**
 * Keeps the share pictures in step with what is published, by whichever process or command, and once a day drops made files
 * that nothing shows any more. A failure is logged and made good at the next look.
 * @returns ends it; resolves once it has done nothing more, for which the painter must be closed
 */
export function keepSharePictures(keeping: Keeping, now: Clock): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  let place: Place | undefined
  let dropped = -Infinity

  async function look(): Promise<void> {
    place = await catchUp(keeping, signal, place)
    if (signal.aborted || now() - dropped < DAY_MS) return
    const count = await dropUnused(keeping.database, now())
    dropped = now()
    if (count > 0) keeping.log.info({ count }, 'pictures that nothing shows any more were dropped')
  }

  async function run(): Promise<void> {
    for (let wait = FIRST_LOOK_MS; ; wait = POLL_MS) {
      await rest(wait, signal)
      if (signal.aborted) return
      await look().catch((error: unknown) => {
        if (!signal.aborted) keeping.log.error({ err: error }, 'share pictures could not be kept up')
      })
    }
  }
  const running = run()
  return () => {
    stopping.abort()
    return running
  }
}

/** @returns when the time is over, or at once when the signal is aborted */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

async function readPlace({ db }: Database): Promise<Place> {
  return db
    .selectFrom(['meta', 'counter'])
    .select(['meta.value as epoch', 'counter.value as head'])
    .where('meta.name', '=', 'epoch')
    .where('counter.name', '=', 'feed')
    .executeTakeFirstOrThrow()
}

/** Ids, the newest first. Those of invented records in great number are drawn only when somebody asks for one. */
async function changedSince({ db }: Database, since: Place | undefined): Promise<string[]> {
  const rows =
    since === undefined
      ? await db
          .selectFrom('record')
          .select('id')
          .where('status', '=', 'published')
          .where('origin', '!=', 'synthetic')
          .orderBy('updated_at', 'desc')
          .execute()
      : await db
          .selectFrom('change')
          .innerJoin('record', 'record.id', 'change.id')
          .select('change.id')
          .where('v', '>', since.head)
          .where('origin', '!=', 'synthetic')
          .orderBy('v', 'desc')
          .execute()
  return [...new Set(rows.map(({ id }) => id))]
}
