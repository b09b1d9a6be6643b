import { isFinal } from '#domain/inquiry/status.ts'
import { KEEP_BYTES } from '#outbox/settled-bytes.ts'
import type { EntryRow } from '#outbox/rows.ts'
import { ASK_AFTER_WITHDRAWAL } from '#outbox/tracking.ts'
import { demand } from './check-step.ts'
import { missingOf } from './model-server.ts'
import type { PhoneModel } from './phone-model.ts'
import { isSame } from './same.ts'

/** Said here again, for the code that is looked at must not be what says it. */
const SETTLED = ['delivered', 'refused', 'withdrawn']

/** What must hold when the weather is clear, everybody has looked and time has passed. @throws Error */
export async function checkEnd(phone: PhoneModel): Promise<void> {
  const { statistics, server, time } = phone
  const { entries } = await phone.look()
  const stuck = entries.filter(({ state }) => !SETTLED.includes(state))
  statistics.stuck += stuck.length
  demand(stuck.length === 0, `Stuck: ${stuck.map(({ id, state }) => `${id} is ${state}`).join(', ')}`)
  demand(phone.unfinished().length === 0, `Never answered: ${phone.unfinished().join(', ')}`)
  for (const entry of entries) {
    if (entry.state === 'delivered') checkDelivered(phone, entry)
    if (entry.state === 'withdrawn') {
      const state = server.rows.get(entry.id)?.status.state
      const isLongAgo = time.latest - (entry.withdrawnAt ?? entry.createdAt) > ASK_AFTER_WITHDRAWAL
      demand(
        state === undefined || state === '已撤回' || isLongAgo,
        `${entry.id} is withdrawn, and stands at the server as ${state}`,
      )
    }
  }
  statistics.deleted += phone.ledger.removed.size
  for (const { state } of entries) {
    if (state === 'delivered') statistics.stored += 1
    if (state === 'withdrawn') statistics.withdrawn += 1
    if (state === 'refused') statistics.refused += 1
  }
}

function checkDelivered(phone: PhoneModel, entry: EntryRow): void {
  const { server, time } = phone
  const { id } = entry
  const row = server.rows.get(id)
  // Nobody asks after what is ended: a server that has lost it since is not told.
  const isEnded = entry.status !== undefined && isFinal(entry.status.state)
  if (row === undefined) {
    if (!isEnded) phone.statistics.lost += 1
    return demand(isEnded, `${id} is called delivered, and the server does not hold it`)
  }
  demand(new TextDecoder().decode(entry.body) === row.body, `${id} has other bytes at the server`)
  demand(isSame(entry.receipt, row.receipt), `${id} has another receipt at the server`)
  const mayLackFiles = isEnded || time.latest - entry.createdAt > KEEP_BYTES || row.status.state === '已撤回'
  const missing = missingOf(row)
  demand(mayLackFiles || missing.length === 0, `${id} is called delivered, and a file of it is not at the server`)
  const isTold = missing.every((sha256) => entry.partsGone.includes(sha256))
  demand(isEnded || row.status.state === '已撤回' || isTold, `${id} lacks a file at the server, and nobody is told`)
}
