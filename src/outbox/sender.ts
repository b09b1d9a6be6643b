import { utf8ToBytes } from '@noble/hashes/utils.js'
import { base64urlnopad } from '@scure/base'
import { type Receipt, RECEIPT_HEADER } from '#domain/inquiry/receipt.ts'
import { type DeleteOutcome, type PartOutcome, type PutOutcome, readDeleteAnswer, readPutAnswer } from './answer.ts'
import { isDue, type Urgency } from './backoff.ts'
import type { MineDatabase } from './database.ts'
import { eventOf } from './event-of.ts'
import { FileBytes } from './file-bytes.ts'
import { dueEntries, record } from './journal.ts'
import { sendPart } from './part-sender.ts'
import type { Platform } from './platform.ts'
import { bearer, inquiryUrl, request } from './request.ts'
import type { EntryRow } from './rows.ts'
import { asOnlySender, type Turn } from './sender-lock.ts'

const STRENGTH: Readonly<Record<Urgency, number>> = { due: 0, contact: 1, now: 2 }

/** Works the queue, one request after another. */
export interface Sender {
  /** Looks at the queue; resolves when all that was due has been tried. Calls during a look lead to one more. */
  look(urgency: Urgency): Promise<void>
}

export function createSender(database: MineDatabase, platform: Platform): Sender {
  let wanted: Urgency | undefined
  let working: Promise<void> | undefined
  const files = new FileBytes()

  async function work(): Promise<void> {
    try {
      while (wanted !== undefined) {
        await asOnlySender(database, platform, sendAll)
      }
    } finally {
      files.drop()
      // Here and not in a later task: a call in between would join a look that has ended.
      working = undefined
    }
  }

  /** All looks that are asked for while it lasts. */
  async function sendAll(turn: Turn): Promise<void> {
    while (wanted !== undefined) {
      const urgency = wanted
      wanted = undefined
      await sendDue(urgency, turn)
    }
  }

  async function sendDue(urgency: Urgency, turn: Turn): Promise<void> {
    const tried = new Set<string>()
    for (;;) {
      // Asked anew each time: what was submitted meanwhile does not wait for the files of another request.
      const id = (await dueEntries(database, platform.now(), urgency)).find((due) => !tried.has(due))
      if (id === undefined) return
      const outcome = await turn(() => attempt(database, platform, id, urgency, files))
      // 401 and 403 are about where we are, not about one request: the others would hear the same.
      if (outcome === 'notAllowed') return
      if (outcome !== 'stored' && outcome !== 'held') tried.add(id)
    }
  }

  return {
    look(urgency) {
      if (wanted === undefined || STRENGTH[urgency] > STRENGTH[wanted]) wanted = urgency
      working ??= work()
      return working
    },
  }
}

/**
 * One attempt at one request: says so on disk, sends, and writes down what came of it.
 * @returns the kind of outcome; undefined when there was nothing to do any more
 */
export async function attempt(
  database: MineDatabase,
  platform: Platform,
  id: string,
  urgency: Urgency,
  files: FileBytes,
): Promise<Outcome['type'] | undefined> {
  const begun = await record(
    database,
    id,
    () => ({ type: 'attempt', at: platform.now() }),
    (entry) => isDue(entry, platform.now(), urgency),
  )
  if (begun?.changed !== true) return undefined
  if (begun.entry.state === 'attaching') return sendPart(database, platform, begun.entry, files)
  const outcome = await send(platform, begun.entry)
  await record(database, id, (entry) => eventOf(outcome, entry, platform))
  return outcome.type
}

type Outcome = PutOutcome | DeleteOutcome | PartOutcome

async function send(platform: Platform, entry: EntryRow): Promise<PutOutcome | DeleteOutcome> {
  if (entry.state === 'withdrawing') {
    const answer = await request(platform, inquiryUrl(entry.id), { method: 'DELETE', headers: bearer(entry) })
    return readDeleteAnswer(answer, entry.id, platform.now())
  }
  const { digest, body, receipt } = entry
  const answer = await request(platform, inquiryUrl(entry.id), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'Content-Digest': digest, ...shown(receipt) },
    body,
  })
  return readPutAnswer(answer, entry, platform.now())
}

/** A server that was restored from an old backup takes its receipt back. */
function shown(receipt: Receipt | undefined): Record<string, string> {
  if (receipt === undefined) return {}
  return { [RECEIPT_HEADER]: base64urlnopad.encode(utf8ToBytes(JSON.stringify(receipt))) }
}
