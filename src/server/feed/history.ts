import type { ExpressionBuilder, Kysely } from 'kysely'
import { setImmediate } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import type { ChangeRow, Schema } from '../db/schema.ts'
import { byId } from './records.ts'

/** Versions in a closed segment. Fixed for an epoch: the addresses of segments depend on it. */
export const SEGMENT_SIZE = 100

/** Version of the newest change published in this epoch; 0 before the first. */
export async function readHead({ db }: Database): Promise<number> {
  const { value } = await db.selectFrom('counter').select('value').where('name', '=', 'feed').executeTakeFirstOrThrow()
  return value
}

/**
 * The text of closed segment `n`, the same for ever.
 * @returns undefined while the segment is not full
 */
export async function readSegment(database: Database, epoch: string, n: number): Promise<string | undefined> {
  return readRun(database, epoch, n * SEGMENT_SIZE + 1, (n + 1) * SEGMENT_SIZE)
}

/**
 * The text of the open segment as it stood at version `head`, the same for ever.
 * @returns undefined when that version is not reached yet, or closes a segment, so that nothing is open
 */
export async function readTail(database: Database, epoch: string, head: number): Promise<string | undefined> {
  const from = Math.floor(head / SEGMENT_SIZE) * SEGMENT_SIZE + 1
  return from > head ? undefined : readRun(database, epoch, from, head)
}

/**
 * The changes from one version to another, both included.
 * @returns undefined when they are not all there
 */
export async function changesBetween({ db }: Database, from: number, to: number): Promise<ChangeRow[] | undefined> {
  const rows = await db
    .selectFrom('change')
    .selectAll()
    .where('v', '>=', from)
    .where('v', '<=', to)
    .orderBy('v')
    .execute()
  return rows.length === to - from + 1 ? rows : undefined
}

async function readRun(database: Database, epoch: string, from: number, to: number): Promise<string | undefined> {
  const rows = await changesBetween(database, from, to)
  if (rows === undefined) return undefined
  return `{"epoch":${JSON.stringify(epoch)},"from":${from},"to":${to},"changes":[${rows.map(changeJson).join(',')}]}`
}

/** The record's JSON goes in as it was published: the same text whoever builds the segment. */
function changeJson({ v, id, kind, op, json }: ChangeRow): string {
  const record = json === null ? '' : `,"record":${json}`
  return `{"v":${v},"id":${JSON.stringify(id)},"kind":"${kind}","op":"${op}"${record}}`
}

/** A record as it was published by a change. */
export type PutRow = Pick<ChangeRow, 'v' | 'id' | 'kind'> & { json: string }

/** The last change of each record before a version. */
function lastBefore(query: ExpressionBuilder<Schema, 'change'>, version: number) {
  return query
    .selectFrom('change')
    .select(({ fn }) => fn.max('v').as('last'))
    .where('v', '<', version)
    .groupBy('id')
}

/** What the last change of each of these records before a version put; none of one that it withdrew, or that was not there yet. */
export async function putsBefore({ db }: Database, version: number, ids: readonly string[]): Promise<PutRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('change')
    .innerJoin(
      (inner) => lastBefore(inner, version).where('id', 'in', ids).as('newest'),
      (join) => join.onRef('newest.last', '=', 'change.v'),
    )
    .select(['change.v', 'change.id', 'change.kind', 'change.json'])
    .execute()
  return rows.flatMap(({ json, ...row }) => (json === null ? [] : { ...row, json }))
}

/** Records read, and written down, between two turns of other requests: some ten milliseconds. */
const SLICE_RECORDS = 200

/** Where the log has the records published at a version, in the order of their ids. */
export async function placesAt(db: Kysely<Schema>, version: number): Promise<Pick<PutRow, 'v' | 'id'>[]> {
  const places = await db
    .selectFrom('change')
    .innerJoin(
      (inner) => lastBefore(inner, version + 1).as('newest'),
      (join) => join.onRef('newest.last', '=', 'change.v'),
    )
    .select(['change.v', 'change.id'])
    .where('op', '=', 'put')
    .execute()
  return places.sort(byId)
}

/**
 * The records at these places, in that order, some at a time: all of them at once would be the whole content in memory.
 * Where a new epoch has begun meanwhile, they are not all there, or others.
 */
export async function* recordsOf(db: Kysely<Schema>, places: readonly Pick<PutRow, 'v'>[]): AsyncGenerator<PutRow[]> {
  for (let from = 0; from < places.length; from += SLICE_RECORDS) {
    const versions = places.slice(from, from + SLICE_RECORDS).map(({ v }) => v)
    const rows = await db
      .selectFrom('change')
      .select(['v', 'id', 'kind', 'json'])
      .where('v', 'in', versions)
      .where('op', '=', 'put')
      .execute()
    yield rows.map(({ json, ...row }) => ({ ...row, json: json ?? '' })).sort(byId)
    await setImmediate()
  }
}

/** The records published at a version, from the change log alone. */
export async function recordsAt(db: Kysely<Schema>, version: number): Promise<PutRow[]> {
  const records: PutRow[] = []
  for await (const some of recordsOf(db, await placesAt(db, version))) records.push(...some)
  return records
}
