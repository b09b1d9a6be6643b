import * as v from 'valibot'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import type { Doubt, PageImport } from '#ingest/result.ts'
import type { Database } from '../db/database.ts'
import type { Incoming } from './decide.ts'
import { publishing } from './publishing.ts'
import { byId } from './records.ts'
import { type StoreOutcome, takeIn } from './take-in.ts'

/**
 * Stores one imported page in one transaction: what is ready is published, what is doubtful waits for an officer.
 * Storing the same page again changes nothing.
 * @param now milliseconds since 1970 (UTC)
 * @throws TypeError for a refused page, ValiError for a record that breaks its schema; nothing is stored then
 */
export async function storePage(database: Database, page: PageImport, now: number): Promise<StoreOutcome> {
  if (page.refused !== null) throw new TypeError(`A refused page cannot be stored: ${page.refused.message}`)
  const incoming = incomingOf(page)
  return publishing(database, now, (trx, drafts) => takeIn(trx, drafts, incoming, now))
}

function incomingOf(page: PageImport): Incoming[] {
  const remarks = new Map(page.remarks.map(({ id, reasons }) => [id, reasons]))
  const ready = [page.article, ...page.projects, ...page.policies, ...page.parks].filter((record) => record !== null)
  return [
    ...ready.map((record) => imported(record, remarks.get(record.id) ?? [], false)),
    ...page.review.map(({ record, reasons }) => imported(record, reasons, true)),
  ]
}

function imported(record: ContentRecord, doubts: readonly Doubt[], held: boolean): Incoming {
  return { record: v.parse(ContentRecordSchema, record), origin: 'import', doubts, held }
}

/** Every published record, in the order of their ids. */
export async function exportRecords({ db }: Database): Promise<ContentRecord[]> {
  const rows = await db.selectFrom('record').select(['id', 'json']).where('status', '=', 'published').execute()
  return rows.sort(byId).map(({ json }) => v.parse(ContentRecordSchema, JSON.parse(json)))
}
