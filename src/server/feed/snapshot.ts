import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import type { SnapshotRow } from '../db/schema.ts'
import { holdEpoch } from './epoch.ts'
import { readHead, recordsAt, SEGMENT_SIZE } from './history.ts'
import { byId } from './records.ts'

/** How long a snapshot stays answerable after a newer one has taken its place, ms. */
const KEEP_MS = 7 * 86_400_000

type SnapshotSummary = Omit<SnapshotRow, 'body'>

/**
 * The newest snapshot, made first when there is none or the head is more than a segment past it. Any process may make it:
 * the bytes follow from the change log, and the first to store them wins.
 * @param now milliseconds since 1970 (UTC)
 * @returns undefined when another epoch has begun meanwhile
 */
export async function newestSnapshot(
  database: Database,
  epoch: string,
  now: number,
): Promise<SnapshotSummary | undefined> {
  const newest = await findNewest(database)
  const head = await readHead(database)
  if (newest !== undefined && head - newest.version <= SEGMENT_SIZE) return newest
  if (!(await store(database, epoch, await build(database, epoch, head, now)))) return undefined
  await dropOld(database, now)
  return findNewest(database)
}

/** @returns the snapshot's text; undefined when there is none at this version */
export async function readSnapshot({ db }: Database, version: number): Promise<string | undefined> {
  const row = await db.selectFrom('snapshot').select('body').where('version', '=', version).executeTakeFirst()
  return row?.body
}

async function findNewest({ db }: Database): Promise<SnapshotSummary | undefined> {
  return db
    .selectFrom('snapshot')
    .select(['version', 'count', 'bytes', 'sha256', 'at'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function build({ db }: Database, epoch: string, version: number, now: number): Promise<SnapshotRow> {
  const records = (await recordsAt(db, version)).sort(byId)
  const count = records.length
  const list = records.map(({ json }) => json).join(',')
  const body = `{"epoch":${JSON.stringify(epoch)},"version":${version},"count":${count},"records":[${list}]}`
  const bytes = Buffer.from(body)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { version, count, bytes: bytes.length, sha256, body, at: now }
}

/** @returns false when another epoch has begun, in which this would be another's text under its own version */
async function store({ db }: Database, epoch: string, row: SnapshotRow): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdEpoch(trx, epoch))) return false
    await trx
      .insertInto('snapshot')
      .values(row)
      .onConflict((conflict) => conflict.column('version').doNothing())
      .execute()
    return true
  })
}

/** Drops those whose successor has stood for longer than `KEEP_MS`: no head still in a cache names them. */
async function dropOld({ db }: Database, now: number): Promise<void> {
  const longStanding = await db
    .selectFrom('snapshot')
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .where('at', '<', now - KEEP_MS)
    .executeTakeFirstOrThrow()
  if (longStanding.version !== null)
    await db.deleteFrom('snapshot').where('version', '<', longStanding.version).execute()
}
