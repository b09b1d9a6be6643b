import { utf8ToBytes } from '@noble/hashes/utils.js'
import { v4 } from 'uuid'
import { contentDigest, encodeKey } from '#domain/digest.ts'
import type { Consent } from '#domain/inquiry/consent.ts'
import { composeInquiry, type InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'
import type { Part } from '#domain/inquiry/parts.ts'
import { fieldErrors } from '#domain/problem.ts'
import { draftOwner, entryOwner } from './attachment-owner.ts'
import { attachmentsOf, dropAttachments, handOver, partOf } from './attachment-rows.ts'
import type { MineDatabase } from './database.ts'
import { InvalidRequestError } from './errors.ts'
import { hasShownAll, type PageDrafts } from './page-drafts.ts'
import type { Platform } from './platform.ts'
import { DraftRowSchema, type EntryRow, EntryRowSchema, readRow } from './rows.ts'
import { transition } from './transitions.ts'

/** What a form hands over when the person presses 提交. */
export interface InquiryRequest {
  type: InquiryType
  subject?: Subject | undefined
  /** The form's own fields, as `InquirySchema` takes them. */
  fields: Record<string, unknown>
  consent: Consent
  /** The draft that becomes this request (`draftKey`). */
  draftKey: string
  /** What the form shows, field by field as its draft holds them: a draft that holds more than that is left. */
  shown: Record<string, unknown>
  /** Id of the refused request that this one corrects and takes the place of. */
  replaces?: string | undefined
}

const ENVELOPE = ['schemaVersion', 'type', 'subject', 'consent', 'trackingKey', 'parts']

/**
 * Stores a request: adds it with the files of its draft, deletes the draft and the refused request it corrects, all in one
 * transaction on disk.
 * @returns its id; the id of the first when the same draft was submitted before with the same content
 * @throws InvalidRequestError, StorageFailedError; nothing is stored then, and the draft is still there
 */
export async function store(
  database: MineDatabase,
  platform: Pick<Platform, 'now' | 'randomBytes'>,
  page: PageDrafts,
  request: InquiryRequest,
): Promise<string> {
  const minted = mint(platform)
  const fresh = v4({ random: platform.randomBytes(16) })
  await page.saved(request.draftKey)
  const pressed = page.known(request.draftKey)
  const { entries, drafts, attachments, attachmentBytes } = database
  return database.run(() =>
    database.transaction('rw', entries, drafts, attachments, attachmentBytes, async () => {
      if ((await entries.get(minted.id)) !== undefined) return minted.id
      // What is typed after 提交 was pressed is of another request. A text that was never saved has its first 提交 to be known by.
      const known = pressed.length > 0 ? pressed : page.known(request.draftKey)
      const draft = readRow(DraftRowSchema, await drafts.get(request.draftKey))
      // Of another token: what this form shows was submitted elsewhere, and somebody has begun anew since.
      const isShown = draft === undefined || known.length === 0 || known.some(({ token }) => token === draft.token)
      // Another page has typed into it since: that text is in no request yet, and stays a draft.
      const isWhole = draft === undefined || known.length === 0 || hasShownAll(known, draft, request.shown)
      const files = isShown ? await attachmentsOf(database, draftOwner(request.draftKey)) : []
      const row = freeze(minted, request, files.map(partOf))
      const token = (isShown ? draft?.token : undefined) ?? known[0]?.token ?? fresh
      // Also of a text that could not be saved, which must not become two requests either.
      if (known.length === 0) page.follows(request.draftKey, { token, values: {} })
      const tokens = [token, ...known.map((one) => one.token)]
      const earlier = await entries.where('draftToken').startsWithAnyOf(tokens).toArray()
      // Files with a text are of this draft and not sent yet; files alone may be what another tab has begun anew with.
      const isNew = isWhole && draft !== undefined && files.length > 0
      const same = isNew ? undefined : earlier.find((one) => isSame(one, row))
      if (same !== undefined) {
        if (known.length > 0 && isWhole) await drafts.delete(request.draftKey)
        return String(same['id'])
      }
      // Each request of a draft has a token of its own, which begins with that of the draft.
      await entries.add({ ...row, draftToken: earlier.length === 0 ? token : `${token}/${row.id}` })
      if (isShown) await handOver(database, files, entryOwner(row.id))
      if (isWhole) await drafts.delete(request.draftKey)
      await deleteReplaced(database, request.replaces, row.createdAt)
      return row.id
    }),
  )
}

/** What is made once for a request, however often storing it is tried. */
function mint(platform: Pick<Platform, 'now' | 'randomBytes'>) {
  return {
    // Not `crypto.randomUUID`: pages without TLS have none.
    id: v4({ random: platform.randomBytes(16) }),
    trackingKey: encodeKey(platform.randomBytes(32)),
    createdAt: platform.now(),
  }
}

/** Freezes the bytes that every attempt will send. @throws InvalidRequestError */
function freeze(minted: ReturnType<typeof mint>, request: InquiryRequest, parts: readonly Part[]): EntryRow {
  const parsed = composeInquiry({ ...request, trackingKey: minted.trackingKey, parts })
  if (!parsed.success) throw new InvalidRequestError(fieldErrors(parsed.issues, 'zh-CN'))
  const text = JSON.stringify(parsed.output)
  const body = utf8ToBytes(text)
  return {
    ...minted,
    type: request.type,
    subject: parsed.output.subject,
    values: fieldsOf(text),
    state: 'unsent',
    attempts: 0,
    partsLeft: parts.length,
    partsGone: [],
    wait: { reason: 'new', since: minted.createdAt },
    body,
    digest: contentDigest(body),
  }
}

/** The form's own fields out of the frozen body: plain data, where a form may hold proxies that IndexedDB refuses. */
function fieldsOf(body: string): Record<string, unknown> {
  const all = Object.entries(JSON.parse(body) as Record<string, unknown>)
  return Object.fromEntries(all.filter(([key]) => !ENVELOPE.includes(key)))
}

/**
 * Whether a stored request says the same and still stands: a text changed since is another request, and must not be lost. Of the
 * subject its name does not count: a tab whose content has not come yet knows only the id.
 */
function isSame(raw: unknown, row: EntryRow): boolean {
  const first = readRow(EntryRowSchema, raw)
  if (first === undefined || first.state === 'withdrawing' || first.state === 'withdrawn') return false
  const content = ({ type, subject, values }: EntryRow) => JSON.stringify([type, subject?.kind, subject?.id, values])
  return content(first) === content(row)
}

/** What the server holds without a file that it refused is taken back there; what it refused as a whole goes. */
async function deleteReplaced(database: MineDatabase, id: string | undefined, at: number): Promise<void> {
  if (id === undefined) return
  const replaced = readRow(EntryRowSchema, await database.entries.get(id))
  if (replaced?.state !== 'refused') return
  if (replaced.receipt !== undefined) {
    await database.entries.update(id, transition(replaced, { type: 'withdraw', at }) ?? {})
    return
  }
  await database.entries.delete(id)
  await dropAttachments(database, await attachmentsOf(database, entryOwner(id)))
}
