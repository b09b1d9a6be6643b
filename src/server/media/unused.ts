import type { Kysely } from 'kysely'
import * as v from 'valibot'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { SharedSchema, sharePicturePath } from './share-picture.ts'

/** How long a picture outlives the version of a record that showed it, ms: a card in a chat, a phone that was offline. */
const KEEP_MS = 30 * 86_400_000
const NAMES_PER_QUERY = 500
const VARIANT = /"\/media\/([\w-]+-[0-9a-f]{16}\.w\d+\.\w+)"/g

/**
 * Drops the made files that no record shows, nor any version of one that changed within the last thirty days.
 * @param now milliseconds since 1970 (UTC)
 * @returns how many
 */
export async function dropUnused({ db }: Database, now: number): Promise<number> {
  const before = now - KEEP_MS
  const standing = await db.selectFrom('record').select('json').execute()
  const waiting = await db.selectFrom('waiting').select('json').execute()
  const lately = await db
    .selectFrom('change')
    .select('change.json')
    .where('change.id', 'in', (recent) =>
      recent.selectFrom('record').select('record.id').where('updated_at', '>=', before),
    )
    .execute()
  return dropAllBut(db, [...standing, ...waiting, ...lately], before)
}

/**
 * Drops the made files that none of these versions of records shows.
 * @param before files made later stay, milliseconds since 1970 (UTC); all are looked at unless given
 * @returns how many
 */
export async function dropAllBut(
  db: Kysely<Schema>,
  versions: readonly { json: string | null }[],
  before?: number,
): Promise<number> {
  const shown = new Set(versions.flatMap(({ json }) => (json === null ? [] : namesIn(json))))
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
function namesIn(json: string): string[] {
  const shared = v.safeParse(SharedSchema, JSON.parse(json))
  const share = shared.success ? [sharePicturePath(shared.output).slice('/media/'.length)] : []
  return [...share, ...[...json.matchAll(VARIANT)].map(([, name = '']) => name)]
}
