import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { SubmissionId } from '#domain/inquiry/subject.ts'
import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { ReceiptSchema } from '#domain/inquiry/receipt.ts'
import { PROBLEMS } from '../http/problem-texts.ts'
import type { Objection } from './check.ts'
import { findPart, partsOf } from './part-rows.ts'
import { contentDigest } from './digest.ts'
import type { InquiryStores } from './stores.ts'
import { takeArrival } from './take-arrival.ts'
import { takePiece } from './take-piece.ts'
import { type UnsentRequest, UnsentRequestSchema } from './unsent-file.ts'

/** What became of a request out of a file. `files` are those that the inquiry announces and that are not here, by name, with why. */
type TakenRequest =
  { outcome: 'stored' | 'repeated'; receiptNo: string; files: readonly string[] } | { outcome: 'refused'; why: string }

const TRIES = 3
const NOT_IN_FILE = '文件里没有它'

/**
 * Takes a request that a person exported from their phone, as if the phone had sent it: the same checks, under its own id, so that
 * whatever else arrives of it counts once.
 * @param raw as it stands in the file
 * @param now milliseconds since 1970 (UTC)
 * @throws AttachmentStoreError
 */
export async function takeUnsent(stores: InquiryStores, id: string, raw: unknown, now: number): Promise<TakenRequest> {
  const submissionId = v.safeParse(SubmissionId, id)
  if (!submissionId.success) return refused(PROBLEMS['submission-id'].title['zh-CN'])
  const request = v.safeParse(UnsentRequestSchema, raw)
  if (!request.success) return refused('不是“导出未发送”写出的内容，或版本不被支持')
  const { state, body, contentDigest: digest, receipt: shown, attachments } = request.output
  if (state === 'withdrawing') return refused('本人已在手机上撤回')
  const bytes = new TextEncoder().encode(body)
  if (contentDigest(bytes) !== digest) return refused('内容与校验值不符，文件可能被改动过')
  const sent = { submissionId: submissionId.output, bytes, digest, shown }
  const reception = await takeArrival(stores.database, sent, 'zh-CN', now)
  if (reception.outcome === 'invalid') return refused(words(reception.objection))
  if (reception.outcome === 'conflict') return refused(PROBLEMS['inquiry-conflict'].title['zh-CN'])
  const { receiptNo } = v.parse(ReceiptSchema, JSON.parse(reception.receipt))
  const files = await takeFiles(stores, submissionId.output, attachments, now)
  return { outcome: reception.outcome, receiptNo, files }
}

const refused = (why: string): TakenRequest => ({ outcome: 'refused', why })

function words({ problem, errors = [] }: Objection): string {
  return [PROBLEMS[problem].title['zh-CN'], ...errors.map(({ message }) => message)].join('；')
}

/** @returns what is missing afterwards, and why */
async function takeFiles(
  stores: InquiryStores,
  submissionId: string,
  attachments: UnsentRequest['attachments'],
  now: number,
): Promise<string[]> {
  const missing: string[] = []
  for (const part of await partsOf(stores.database.db, submissionId)) {
    if (part.complete_at !== null) continue
    const attachment = attachments.find(({ sha256 }) => sha256 === part.sha256)
    const bytes = attachment === undefined ? undefined : Buffer.from(attachment.base64, 'base64')
    const why = bytes === undefined ? NOT_IN_FILE : await takeFile(stores, submissionId, part.sha256, bytes, now)
    if (why !== undefined) missing.push(`${part.name}：${why}`)
  }
  return missing
}

/**
 * Goes on where the phone's own sending stopped.
 * @returns why it is not taken
 */
async function takeFile(
  stores: InquiryStores,
  submissionId: string,
  sha256: string,
  bytes: Buffer,
  now: number,
): Promise<string | undefined> {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return '内容与校验值不符'
  for (let tries = 0; tries < TRIES;) {
    const part = await findPart(stores.database.db, { submission_id: submissionId, sha256 })
    if (part === undefined || part.complete_at !== null) return undefined
    if (part.bytes !== bytes.length) return '大小与所报不符'
    const piece = bytes.subarray(part.received, part.received + PART_CHUNK_BYTES)
    const taken = await takePiece(stores, part, { start: part.received, bytes: piece }, now)
    if (taken.outcome === 'type') return PROBLEMS['part-type'].title['zh-CN']
    // What had come from the phone was damaged, and is dropped: once more from the beginning.
    if (taken.outcome === 'digest') tries++
  }
  return '没有存好，请再试一次'
}
