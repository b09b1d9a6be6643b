import type { Kysely } from 'kysely'
import { parseReceiptNo } from '#domain/inquiry/receipt.ts'
import type { InquiryStatus, OfficerState } from '#domain/inquiry/status.ts'
import type { Database } from '../db/database.ts'
import type { InquiryRow, Schema } from '../db/schema.ts'
import { EndedInquiryError, UnknownInquiryError, WithdrawnInquiryError } from './desk-errors.ts'
import { type ExportRow, exportRow } from './export-row.ts'
import { countFiles, type FileCount, partsOf } from './part-rows.ts'
import { readLetter } from './read-letter.ts'
import type { InquiryStores } from './stores.ts'
import type { AnnouncedFile, InquirySummary } from './summary.ts'
import { holdState, moveTo, statusOf, withdraw } from './timeline.ts'

/** Every inquiry, newest first. */
export async function listInquiries({ db }: Database): Promise<InquirySummary[]> {
  const rows = await summaries(db).orderBy('received_at', 'desc').orderBy('receipt_no').execute()
  const files = await countFiles(db)
  return rows.map((row) => summaryOf(row, files.get(row.submission_id)))
}

/**
 * One inquiry with its timeline and its files.
 * @param idOrReceiptNo submission id, or the receipt number as people say it
 * @throws UnknownInquiryError
 */
export async function showInquiry(
  { db }: Database,
  idOrReceiptNo: string,
): Promise<InquirySummary & Pick<InquiryStatus, 'timeline'> & { parts: AnnouncedFile[] }> {
  const row = await find(db, idOrReceiptNo)
  const { timeline } = await statusOf(db, row.submission_id)
  const parts = await partsOf(db, row.submission_id)
  const complete = parts.filter((part) => part.complete_at !== null).length
  return { ...summaryOf(row, { announced: parts.length, complete }), timeline, parts }
}

/**
 * Sets how far an inquiry has come; its sender sees it at the next contact. Setting the present state again adds nothing
 * to the timeline.
 * @param idOrReceiptNo submission id, or the receipt number as people say it
 * @param now milliseconds since 1970 (UTC)
 * @throws UnknownInquiryError, WithdrawnInquiryError, EndedInquiryError
 */
export async function setInquiryState(
  { db }: Database,
  idOrReceiptNo: string,
  state: OfficerState,
  now: number,
): Promise<InquiryStatus> {
  return db.transaction().execute(async (trx) => {
    const { submission_id: submissionId, receipt_no: receiptNo } = await find(trx, idOrReceiptNo)
    const present = await holdState(trx, submissionId)
    if (present === '已撤回') throw new WithdrawnInquiryError(receiptNo)
    if (present !== state) {
      if (present === '结束') throw new EndedInquiryError(receiptNo)
      await moveTo(trx, submissionId, { state }, now)
    }
    return statusOf(trx, submissionId)
  })
}

/**
 * Erases what was written, at its sender's request: the same as 撤回 from the phone. Doing it again changes nothing.
 * @param idOrReceiptNo submission id, or the receipt number as people say it
 * @param now milliseconds since 1970 (UTC)
 * @throws UnknownInquiryError, AttachmentStoreError when it is erased, and its files are still there
 */
export async function eraseInquiry(
  { database, attachments }: InquiryStores,
  idOrReceiptNo: string,
  now: number,
): Promise<InquiryStatus> {
  const { blobs, status } = await database.db.transaction().execute(async (trx) => {
    const { submission_id: submissionId } = await find(trx, idOrReceiptNo)
    return { blobs: await withdraw(trx, submissionId, now), status: await statusOf(trx, submissionId) }
  })
  await attachments.drop(blobs)
  return status
}

/** Every inquiry as a flat row for a spreadsheet, newest first. Keys are the column titles, in their order; see `exportRow`. */
export async function exportInquiries(database: Database): Promise<ExportRow[]> {
  return (await listInquiries(database)).map(exportRow)
}

type SummaryRow = Omit<InquiryRow, 'schema_version' | 'digest' | 'key_hash'> & { receipt_no: string }

function summaries(db: Kysely<Schema>) {
  return db
    .selectFrom('inquiry')
    .innerJoin('receipt', 'receipt.submission_id', 'inquiry.submission_id')
    .select(['inquiry.submission_id', 'receipt_no', 'type', 'state', 'received_at', 'reply_due_at', 'body'])
}

async function find(db: Kysely<Schema>, idOrReceiptNo: string): Promise<SummaryRow> {
  const receiptNo = parseReceiptNo(idOrReceiptNo)
  const row = await summaries(db)
    .where((where) =>
      where.or([
        where('inquiry.submission_id', '=', idOrReceiptNo.trim().toLowerCase()),
        ...(receiptNo === undefined ? [] : [where('receipt_no', '=', receiptNo)]),
      ]),
    )
    .executeTakeFirst()
  if (row === undefined) throw new UnknownInquiryError(idOrReceiptNo)
  return row
}

function summaryOf(row: SummaryRow, files: FileCount = { announced: 0, complete: 0 }): InquirySummary {
  return {
    submissionId: row.submission_id,
    receiptNo: row.receipt_no,
    type: row.type,
    state: row.state,
    receivedAt: row.received_at,
    replyDueAt: row.reply_due_at,
    files,
    ...readLetter(row.body),
  }
}
