import type { Kysely } from 'kysely'
import * as v from 'valibot'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { SharedSchema, sharePicturePath } from './share-picture.ts'

/** How long a picture outlives the version of a record that showed it, ms: a card in a chat, a phone that was offline. */
const KEEP_MS = 30 * 86_400_000
const NAMES_PER_QUERY = 500
/** A record's text has some kilobytes: not all are held at once. */
const ROWS_PER_QUERY = 500
const VARIANT = /"\/media\/([\w-]+-[0-9a-f]{16}\.w\d+\.\w+)"/g

/**
 * Drops the made files that no record shows, nor any version of one that changed within the last thirty days.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many
 */
export async function dropUnused({ db }: Database, now: number): Promise<number> {
  const before = now - KEEP_MS
  const shown = new Set<string>()
  const take = ({ json }: { json: string | null }) => namesIn(json).forEach((name) => shown.add(name))
  for (const table of ['record', 'waiting'] as const) {
    let rows: { id: string; json: string }[] = []
    do {
      const query = db.selectFrom(table).select(['id', 'json']).orderBy('id').limit(ROWS_PER_QUERY)
      rows = await query.where('id', '>', rows.at(-1)?.id ?? '').execute()
      rows.forEach(take)
    } while (rows.length === ROWS_PER_QUERY)
  }
  let changes: { v: number; json: string | null }[] = []
  do {
    changes = await db
      .selectFrom('change')
      .innerJoin('record', 'record.id', 'change.id')
      .select(['change.v', 'change.json'])
      .where('record.updated_at', '>=', before)
      .where('change.v', '>', changes.at(-1)?.v ?? 0)
      .orderBy('change.v')
      .limit(ROWS_PER_QUERY)
      .execute()
    changes.forEach(take)
  } while (changes.length === ROWS_PER_QUERY)
  return drop(db, shown, before)
}

/**
 * Drops the made files that none of these versions of records shows.
 * @returns how many
 */
export async function dropAllBut(db: Kysely<Schema>, versions: readonly { json: string }[]): Promise<number> {
  return drop(db, new Set(versions.flatMap(({ json }) => namesIn(json))))
}

/** @param before files made later stay, milliseconds since 1970 (UTC); all are looked at unless given */
async function drop(db: Kysely<Schema>, shown: ReadonlySet<string>, before?: number): Promise<number> {
  const all = db.selectFrom('media').select('name')
  const made = await (before === undefined ? all : all.where('at', '<', before)).execute()
  const unused = made.map(({ name }) => name).filter((name) => !shown.has(name))
  for (let from = 0; from < unused.length; from += NAMES_PER_QUERY) {
    await db
      .deleteFrom('media')
      .where('name', 'in', unused.slice(from, from + NAMES_PER_QUERY))
      .execute()
  }
  return unused.length
}

/** Names of the made files that a version of a record shows, also of one that a newer release wrote. */
function namesIn(json: string | null): string[] {
  if (json === null) return []
  const shared = v.safeParse(SharedSchema, JSON.parse(json))
  const share = shared.success ? [sharePicturePath(shared.output).slice('/media/'.length)] : []
  return [...share, ...[...json.matchAll(VARIANT)].map(([, name = '']) => name)]
}
