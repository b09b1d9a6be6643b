import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/database.ts'
import { groupCommit } from '../db/group-commit.ts'
import type { Schema } from '../db/schema.ts'
import type { Arrival, Sent, Timed } from './arrival.ts'
import { receiptSecret } from './receipts.ts'
import { storeNew } from './store-new.ts'

/** `receipt` is the text of the receipt: the same bytes for the first answer and for every later one. */
export type Reception = { outcome: 'stored' | 'repeated'; receipt: string } | { outcome: 'conflict' }

const receivers = new WeakMap<Database, (one: Timed) => Promise<Reception>>()

/**
 * Stores an inquiry exactly once. The id is unique for ever: the same bytes again get the same receipt, withdrawn or not;
 * other bytes are a conflict. Inquiry, receipt, first event and the list of its files are one transaction, which it shares with
 * what else comes at that moment. One that this server has lost comes back under the receipt that it shows.
 * @param now milliseconds since 1970 (UTC)
 */
export function receiveInquiry(database: Database, arrival: Arrival, now: number): Promise<Reception> {
  const receive = receivers.get(database) ?? receiverOf(database)
  receivers.set(database, receive)
  return receive({ arrival, now })
}

/** The receipt of these very bytes, when they are stored under this id. */
export async function receiptOf({ db }: Database, { submissionId, digest }: Sent): Promise<string | undefined> {
  const stored = (await findReceipts(db, [submissionId])).get(submissionId)
  return stored?.digest === digest ? stored.json : undefined
}

function receiverOf(database: Database): (one: Timed) => Promise<Reception> {
  let secret: string | undefined
  return groupCommit(database, async (trx, group) => {
    secret ??= await receiptSecret(trx)
    return receiveGroup(trx, secret, group)
  })
}

async function receiveGroup(
  trx: Transaction<Schema>,
  secret: string,
  group: readonly Timed[],
): Promise<(one: Timed) => Reception> {
  const firsts = new Map<string, Timed>()
  for (const one of group) if (!firsts.has(one.arrival.submissionId)) firsts.set(one.arrival.submissionId, one)
  const issued = await storeNew(trx, secret, [...firsts.values()])
  const isStored = (one: Timed) => firsts.get(one.arrival.submissionId) === one && issued.has(one.arrival.submissionId)
  const found = await findReceipts(
    trx,
    group.filter((one) => !isStored(one)).map(({ arrival }) => arrival.submissionId),
  )
  return (one) => {
    const { submissionId, digest } = one.arrival
    const receipt = issued.get(submissionId)
    if (receipt !== undefined && isStored(one)) return { outcome: 'stored', receipt }
    const stored = found.get(submissionId)
    if (stored === undefined) throw new Error('An inquiry is stored without its receipt')
    return stored.digest === digest ? { outcome: 'repeated', receipt: stored.json } : { outcome: 'conflict' }
  }
}

/** What is stored under ids that were taken, by this transaction or by one that is committed: the insert waited for it. */
async function findReceipts(
  db: Kysely<Schema>,
  ids: readonly string[],
): Promise<Map<string, { digest: string; json: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('inquiry')
    .innerJoin('receipt', 'receipt.submission_id', 'inquiry.submission_id')
    .select(['inquiry.submission_id', 'inquiry.digest', 'receipt.json'])
    .where('inquiry.submission_id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.submission_id, row]))
}
