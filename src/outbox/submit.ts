import { utf8 } from '@scure/base'
import { v4 } from 'uuid'
import { contentDigest, encodeKey } from '#domain/digest.ts'
import type { Consent } from '#domain/inquiry/consent.ts'
import { composeInquiry, type InquiryType, type Subject } from '#domain/inquiry/inquiry.ts'
import { fieldErrors } from '#domain/problem.ts'
import type { MineDatabase } from './database.ts'
import type { DraftTokens } from './draft-tokens.ts'
import { InvalidRequestError } from './errors.ts'
import type { Platform } from './platform.ts'
import { DraftRowSchema, type EntryRow, EntryRowSchema, readRow } from './rows.ts'

/** What a form hands over when the person presses 提交. */
export interface InquiryRequest {
  type: InquiryType
  subject?: Subject | undefined
  /** The form's own fields, as `InquirySchema` takes them. */
  fields: Record<string, unknown>
  consent: Consent
  /** The draft that becomes this request (`draftKey`). */
  draftKey: string
  /** Id of the refused request that this one corrects and takes the place of. */
  replaces?: string | undefined
}

const ENVELOPE = ['schemaVersion', 'type', 'subject', 'consent', 'trackingKey', 'parts']

/**
 * Stores a request: adds it, deletes its draft and the refused request it corrects, all in one transaction on disk.
 * @returns its id; the id of the first when the same draft was submitted before with the same content
 * @throws InvalidRequestError, StorageFailedError; nothing is stored then, and the draft is still there
 */
export async function store(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'randomBytes'>,
  tokens: DraftTokens,
  request: InquiryRequest,
): Promise<string> {
  const row = freeze(platform, request)
  const shown = tokens.get(request.draftKey)
  const { entries, drafts } = database
  return database.run(() =>
    database.transaction('rw', entries, drafts, async () => {
      if ((await entries.get(row.id)) !== undefined) return row.id
      const draft = readRow(DraftRowSchema, await drafts.get(request.draftKey))
      const token = draft?.token ?? shown
      const first = token === undefined ? undefined : await entries.where('draftToken').equals(token).first()
      if (draft === undefined && first !== undefined && isSame(first, row)) return String(first['id'])
      await entries.add(token === undefined || first !== undefined ? row : { ...row, draftToken: token })
      await drafts.delete(request.draftKey)
      await deleteReplaced(database, request.replaces)
      return row.id
    }),
  )
}

/** Mints the id and the tracking key, and freezes the bytes that every attempt will send. */
function freeze(platform: Pick<Platform, 'now' | 'randomBytes'>, request: InquiryRequest): EntryRow {
  const trackingKey = encodeKey(platform.randomBytes(32))
  const parsed = composeInquiry({ ...request, trackingKey })
  if (!parsed.success) throw new InvalidRequestError(fieldErrors(parsed.issues, 'zh-CN'))
  const text = JSON.stringify(parsed.output)
  const body = new Uint8Array(utf8.decode(text))
  const now = platform.now()
  return {
    // Not `crypto.randomUUID`: pages without TLS have none.
    id: v4({ random: platform.randomBytes(16) }),
    type: request.type,
    subject: parsed.output.subject,
    values: fieldsOf(text),
    createdAt: now,
    state: 'unsent',
    attempts: 0,
    wait: { reason: 'new', since: now },
    body,
    digest: contentDigest(body),
    trackingKey,
  }
}

/** The form's own fields out of the frozen body: plain data, where a form may hold proxies that IndexedDB refuses. */
function fieldsOf(body: string): Record<string, unknown> {
  const all = Object.entries(JSON.parse(body) as Record<string, unknown>)
  return Object.fromEntries(all.filter(([key]) => !ENVELOPE.includes(key)))
}

/** Whether a stored request says the same and still stands: a text changed since is another request, and must not be lost. */
function isSame(raw: unknown, row: EntryRow): boolean {
  const first = readRow(EntryRowSchema, raw)
  if (first === undefined || first.state === 'withdrawing' || first.state === 'withdrawn') return false
  const content = ({ type, subject, values }: EntryRow) => JSON.stringify([type, subject, values])
  return content(first) === content(row)
}

async function deleteReplaced(database: MineDatabase, id: string | undefined): Promise<void> {
  if (id === undefined) return
  const replaced = readRow(EntryRowSchema, await database.entries.get(id))
  if (replaced?.state === 'refused') await database.entries.delete(id)
}
