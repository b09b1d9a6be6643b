import type { Kysely } from 'kysely'
import * as v from 'valibot'
import type { Clock } from '#domain/clock.ts'
import type { Database } from '../db/database.ts'
import type { Schema } from '../db/schema.ts'
import { holdEpoch, readEpoch } from '../feed/epoch.ts'
import type { Painter } from './painter.ts'
import { type Shared, SharedSchema, sharePicturePath, shareText } from './share-picture.ts'
import { findMedia, type MadeFile, storedSizes, storeMedia } from './store.ts'

const NAME = /^share\/([a-z0-9-]+)-[0-9a-f]{16}\.png$/
const TYPE = 'image/png'

/** The pictures that shared links show, drawn when they are missing. */
export interface SharePictures {
  /**
   * Any made file: what is stored, and the picture that a published record has now, which is drawn on the spot.
   * @param name what follows `/media/` in the address
   */
  find: (name: string) => Promise<MadeFile | undefined>
  /** Those of these records that are published and have no picture yet, in the given order. */
  missing(ids: readonly string[]): Promise<Shared[]>
  /** Draws and stores a record's picture. Two that ask for the same one share the drawing. */
  draw(record: Shared): Promise<MadeFile>
}

export function sharePictures(database: Database, painter: Painter, now: Clock): SharePictures {
  const { db } = database
  const drawing = new Map<string, Promise<MadeFile>>()

  async function drawNow(record: Shared): Promise<MadeFile> {
    const epoch = await readEpoch(database)
    const file = { type: TYPE, bytes: await painter.draw(shareText(record)) }
    await db.transaction().execute(async (trx) => {
      // A new epoch drops the pictures of what was withdrawn: none of them may come after it.
      if (await holdEpoch(trx, epoch)) await storeMedia(trx, { name: nameOf(record), ...file, at: now() })
    })
    return file
  }

  function draw(record: Shared): Promise<MadeFile> {
    const name = nameOf(record)
    const drawn = drawing.get(name) ?? drawNow(record).finally(() => drawing.delete(name))
    drawing.set(name, drawn)
    return drawn
  }

  return {
    draw,
    async find(name) {
      const stored = await findMedia(db, name)
      const id = NAME.exec(name)?.[1]
      if (stored !== undefined || id === undefined) return stored
      const record = (await published(db, [id])).get(id)
      return record !== undefined && nameOf(record) === name ? draw(record) : undefined
    },
    async missing(ids) {
      const records = await published(db, ids)
      const inOrder = ids.flatMap((id) => records.get(id) ?? [])
      const stored = await storedSizes(db, inOrder.map(nameOf))
      return inOrder.filter((record) => !stored.has(nameOf(record)))
    },
  }
}

function nameOf(record: Shared): string {
  return sharePicturePath(record).slice('/media/'.length)
}

async function published(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, Shared>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('record')
    .select(['id', 'json'])
    .where('id', 'in', ids)
    .where('status', '=', 'published')
    .execute()
  return new Map(rows.map(({ id, json }) => [id, v.parse(SharedSchema, JSON.parse(json))]))
}
