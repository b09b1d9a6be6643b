import type { Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { decide, type Incoming } from './decide.ts'
import type { Draft } from './publishing.ts'
import { findRecords, writeRecord } from './records.ts'
import { findWaiting, writeWaiting } from './waiting.ts'

/** Ids by what became of them. `held` wait for an officer, beside what is published if there is a version of it; `unchanged` say what was stored already, or stay withdrawn. */
export interface StoreOutcome {
  added: string[]
  updated: string[]
  unchanged: string[]
  held: string[]
}

/** Stores what comes in, inside a publishing transaction. */
export async function takeIn(
  trx: Transaction<Schema>,
  drafts: Draft[],
  incoming: readonly Incoming[],
  now: number,
): Promise<StoreOutcome> {
  const outcome: StoreOutcome = { added: [], updated: [], unchanged: [], held: [] }
  const stored = await findRecords(
    trx,
    incoming.map(({ record }) => record.id),
  )
  const waiting = await findWaiting(trx)
  for (const one of incoming) {
    const { id: own } = one.record
    const present = { row: stored.get(own), waiting: waiting.get(own) }
    const decision = decide(present, one, now)
    outcome[decision.outcome].push(own)
    if (decision.waiting !== present.waiting) {
      await writeWaiting(trx, own, decision.waiting)
      if (decision.waiting === undefined) waiting.delete(own)
      else waiting.set(own, decision.waiting)
    }
    if (decision.row === undefined) continue
    await writeRecord(trx, decision.row)
    stored.set(decision.row.id, decision.row)
    const { id, kind, json } = decision.row
    if (decision.publish) drafts.push({ op: 'put', id, kind, json })
  }
  return outcome
}
