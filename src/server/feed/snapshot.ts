import type { Kysely } from 'kysely'
import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import type { Schema, SnapshotRow } from '../db/schema.ts'
import { holdEpoch } from './epoch.ts'
import { placesAt, readHead, recordsOf, SEGMENT_SIZE } from './history.ts'
import type { SnapshotFormat } from './snapshot-format.ts'

/** How long a snapshot stays answerable after a newer one has taken its place, ms. */
const KEEP_MS = 7 * 86_400_000

/** What this process is making, by format and epoch: whoever asks meanwhile waits for it, and does not make another. */
const underWay = new WeakMap<Database, Map<string, Promise<SnapshotSummary | undefined>>>()

type SnapshotSummary = Omit<SnapshotRow, 'body'>

/**
 * The newest snapshot, made first when there is none or the head is more than a segment past it. Any process may make it:
 * the bytes follow from the change log, and the first to store them wins.
 * @param now milliseconds since 1970 (UTC)
 * @param format whole records, or list fields
 * @returns undefined when another epoch has begun meanwhile
 */
export async function newestSnapshot(
  database: Database,
  format: SnapshotFormat,
  epoch: string,
  now: number,
): Promise<SnapshotSummary | undefined> {
  const newest = await findNewest(database, format)
  const head = await readHead(database)
  if (newest !== undefined && head - newest.version <= SEGMENT_SIZE) return newest
  const making = underWay.get(database) ?? new Map<string, Promise<SnapshotSummary | undefined>>()
  underWay.set(database, making)
  const name = `${format.table} ${epoch}`
  const made = making.get(name) ?? make(database, format, { epoch, version: head }, now)
  making.set(name, made)
  return made.finally(() => making.delete(name))
}

async function make(
  database: Database,
  format: SnapshotFormat,
  at: At,
  now: number,
): Promise<SnapshotSummary | undefined> {
  const built = await build(database, format, at, now)
  if (!(await store(database, format, at.epoch, built))) return undefined
  await dropOld(database, format, now)
  return findNewest(database, format)
}

/** @returns the snapshot's text; undefined when there is none at this version */
export async function readSnapshot(
  { db }: Database,
  { table }: SnapshotFormat,
  version: number,
): Promise<string | undefined> {
  const row = await tableOf(db, table).select('body').where('version', '=', version).executeTakeFirst()
  return row?.body
}

async function findNewest({ db }: Database, { table }: SnapshotFormat): Promise<SnapshotSummary | undefined> {
  return tableOf(db, table)
    .select(['version', 'count', 'bytes', 'sha256', 'at'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

interface At {
  epoch: string
  version: number
}

async function build({ db }: Database, format: SnapshotFormat, at: At, now: number): Promise<SnapshotRow> {
  const places = await placesAt(db, at.version)
  const body = await format.text({ ...at, count: places.length }, recordsOf(db, places))
  const bytes = Buffer.from(body)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { version: at.version, count: places.length, bytes: bytes.length, sha256, body, at: now }
}

/** @returns false when another epoch has begun, in which this would be another's text under its own version */
async function store({ db }: Database, { table }: SnapshotFormat, epoch: string, row: SnapshotRow): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdEpoch(trx, epoch))) return false
    await trx
      .insertInto(table as 'snapshot')
      .values(row)
      .onConflict((conflict) => conflict.column('version').doNothing())
      .execute()
    return true
  })
}

/** Drops those whose successor has stood for longer than `KEEP_MS`: no head still in a cache names them. */
async function dropOld({ db }: Database, { table }: SnapshotFormat, now: number): Promise<void> {
  const longStanding = await tableOf(db, table)
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .where('at', '<', now - KEEP_MS)
    .executeTakeFirstOrThrow()
  if (longStanding.version !== null)
    await db
      .deleteFrom(table as 'snapshot')
      .where('version', '<', longStanding.version)
      .execute()
}

/** The tables of all formats have the same columns: one type stands for all. */
function tableOf(db: Kysely<Schema>, table: SnapshotFormat['table']) {
  return db.selectFrom(table as 'snapshot')
}
