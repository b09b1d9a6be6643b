import { base64 } from '@scure/base'
import { entryOwner } from './attachment-owner.ts'
import { attachmentsOf, bytesOf } from './attachment-rows.ts'
import { isPending } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { rawText } from './entry.ts'
import { type AttachmentRow, type EntryRow, EntryRowSchema, readRows } from './rows.ts'

/** Bytes of a file that are written at once: a multiple of three, so that the base64 of all of them joins. */
const SLICE_BYTES = 3 * 64 * 1024

/**
 * Everything that is not settled, as a file of JSON that a person can read: what has not arrived, what was refused, and
 * withdrawals that the server has not confirmed. Each request stands under its id, with the frozen body as the text whose UTF-8
 * bytes have this digest, and with its files, so that it can be handed in by another way and still count once; `state` says what
 * it waits for. It is made in pieces, which the browser need not keep in memory: files of 50 MB are too much text for a phone.
 * @param now ms
 * @throws StorageFailedError
 */
export async function exportUnsent(database: MineDatabase, now: number): Promise<Blob> {
  const pieces: Blob[] = []
  for await (const text of filePieces(database, now)) pieces.push(new Blob([text]))
  return new Blob(pieces, { type: 'application/json' })
}

async function* filePieces(database: MineDatabase, now: number): AsyncGenerator<string> {
  const { rows, unreadable } = readRows(EntryRowSchema, await database.run(() => database.entries.toArray()))
  yield `${opened({ app: 'luodi', exportedAt: new Date(now).toISOString() })},\n"requests": {`
  let before = '\n'
  for (const row of rows.filter((row) => isPending(row) || row.state === 'refused')) {
    yield `${before}${JSON.stringify(row.id)}: `
    yield* requestPieces(database, row)
    before = ',\n'
  }
  yield `\n},\n"unreadable": ${rawText(unreadable)}\n}\n`
}

async function* requestPieces(database: MineDatabase, row: EntryRow): AsyncGenerator<string> {
  const { type, createdAt, state, attempts, refusal, receipt, digest, body } = row
  const at = new Date(createdAt).toISOString()
  yield opened({ type, createdAt: at, state, attempts, refusal, receipt, contentDigest: digest, body })
  yield ',\n  "attachments": ['
  let before = '\n'
  for (const attachment of await database.run(() => attachmentsOf(database, entryOwner(row.id)))) {
    // One file after the other is read, and let go of.
    const data = await database.run(() => bytesOf(database, attachment.sha256))
    if (data === undefined) continue
    yield before
    yield* attachmentPieces(attachment, data)
    before = ',\n'
  }
  yield ']\n}'
}

function* attachmentPieces({ sha256, name, type }: AttachmentRow, data: Uint8Array): Generator<string> {
  yield `${opened({ sha256, name, type })},\n  "base64": "`
  for (let at = 0; at < data.length; at += SLICE_BYTES) yield base64.encode(data.subarray(at, at + SLICE_BYTES))
  yield '"\n}'
}

/** A JSON object that goes on. */
function opened(object: object): string {
  return rawText(object).replace(/\n\}$/, '')
}
