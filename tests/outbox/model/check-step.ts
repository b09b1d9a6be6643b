import { isSame } from './same.ts'
import { KEEP_BYTES } from '#outbox/settled-bytes.ts'
import { entryOwner } from '#outbox/attachment-owner.ts'
import type { EntryRow } from '#outbox/rows.ts'
import { checkDrafts } from './check-drafts.ts'
import { contentOf } from './content.ts'
import type { PhoneModel } from './phone-model.ts'
import { announcedBy } from './model-server.ts'
import type { Snapshot } from './snapshot.ts'

/** What must hold at every moment. Looks at the disk and at the server, and compares with the last look. @throws Error */
export async function checkStep(phone: PhoneModel): Promise<void> {
  const before = phone.snapshot
  const now = await phone.look()
  phone.snapshot = now
  const { failures } = phone.ledger
  if (failures.length > 0) throw new Error(`Failed without a reason: ${failures.join('\n')}`)
  checkKept(phone, before, now)
  for (const entry of now.entries) checkEntry(phone, entry, now)
  checkServer(phone, now)
  checkOnce(phone, now)
  checkDrafts(phone, before, now)
}

/** Nothing disappears that the person did not delete, and nothing that was frozen changes. */
function checkKept(phone: PhoneModel, before: Snapshot, now: Snapshot): void {
  const { ledger, server } = phone
  const found = new Map(now.entries.map((entry) => [entry.id, entry]))
  const isGoneByWill = (id: string) => ledger.removed.has(id) || ledger.replaced.has(id)
  for (const id of ledger.acknowledged)
    demand(found.has(id) || isGoneByWill(id), `${id} was acknowledged and is not on the phone`)
  for (const old of before.entries) {
    const { id } = old
    const entry = found.get(id)
    if (entry === undefined) {
      demand(isGoneByWill(id), `${id} has disappeared`)
      continue
    }
    demand(isSame(frozen(old), frozen(entry)), `${id} has changed what it says`)
    demand(old.receipt === undefined || isSame(old.receipt, entry.receipt), `${id} has lost or changed its receipt`)
    const isTakenBack = ledger.withdrawn.has(id) || ledger.replaced.has(id)
    demand(
      !['withdrawing', 'withdrawn'].includes(entry.state) || isTakenBack,
      `${id} is ${entry.state}, and nobody withdrew it`,
    )
    if (old.state === 'delivered' && entry.state !== 'delivered')
      demand(isTakenBack || server.lost.has(id), `${id} was delivered and is ${entry.state}`)
    // One that stands again may have been ended by an officer before it could be taken back.
    if (old.state === 'withdrawn' && !server.undone.has(id))
      demand(['withdrawing', 'withdrawn'].includes(entry.state), `${id} was withdrawn and is ${entry.state}`)
  }
}

function checkEntry(phone: PhoneModel, entry: EntryRow, now: Snapshot): void {
  const { server, time } = phone
  const { id, state } = entry
  // A file that a restored backup took while the next was being sent is missed at the next look at the server, and at the end.
  const wasThere = server.everComplete.has(id) || server.lost.has(id)
  demand(state !== 'delivered' || wasThere, `${id} is called delivered, and was never all there`)
  demand(state !== 'delivered' || entry.receipt !== undefined, `${id} is called delivered without a receipt`)
  demand(entry.receipt === undefined || server.everStored.has(id), `${id} has a receipt, and was never stored`)
  demand(state !== 'refused' || server.hasRefused(id), `${id} is called refused, and the server never did`)
  const rows = now.attachments.filter(({ owner }) => owner === entryOwner(id))
  const names = (list: readonly { sha256: string }[]) => list.map(({ sha256 }) => sha256).sort()
  const announced = announcedBy(new TextDecoder().decode(entry.body))
  demand(isSame(names(rows), names(announced)), `${id} does not have the files that it names`)
  const mayBeDropped = time.latest - entry.createdAt > KEEP_BYTES
  demand(
    mayBeDropped || rows.every(({ sha256 }) => now.digests.has(sha256)),
    `${id} has lost the bytes of a file, being ${state}`,
  )
}

/** What the server holds is what was submitted, and what the phone holds of the same id. */
function checkServer(phone: PhoneModel, now: Snapshot): void {
  const { ledger, server } = phone
  const known = new Set(ledger.submissions.map(({ content }) => content))
  for (const [id, row] of server.rows) {
    const said = JSON.parse(row.body) as Record<string, unknown> & { subject?: { id: string } }
    demand(known.has(contentOf(said, said.subject)), `The server holds ${id}, which nobody submitted`)
    const entry = now.entries.find((one) => one.id === id)
    demand(
      entry === undefined || new TextDecoder().decode(entry.body) === row.body,
      `The server holds other bytes of ${id} than the phone`,
    )
  }
}

/** Of one content there is one request, as long as the person did not take it back. */
function checkOnce(phone: PhoneModel, now: Snapshot): void {
  const { ledger, statistics } = phone
  const ids = new Map<string, string[]>()
  for (const { id, values, subject, body } of now.entries) {
    const files = announcedBy(new TextDecoder().decode(body)).map(({ sha256 }) => sha256)
    const content = JSON.stringify([contentOf(values, subject), files.sort()])
    ids.set(content, [...(ids.get(content) ?? []), id])
  }
  for (const [content, same] of ids) {
    if (same.length < 2 || same.some((id) => ledger.withdrawn.has(id) || ledger.replaced.has(id))) continue
    statistics.duplicated += 1
    throw new Error(`One draft became ${same.length} requests: ${content}`)
  }
  for (const { content } of ledger.submissions) {
    const all = ledger.submissions.filter((one) => one.content === content)
    const isStoredNever = all.every(
      ({ outcome }) => outcome !== undefined && 'failed' in outcome && !outcome.connectionLost,
    )
    const isStored = now.entries.some(({ values, subject }) => contentOf(values, subject) === content)
    demand(!(isStoredNever && isStored), `A submission that failed was stored: ${content}`)
  }
}

/** What never changes once a request is made. */
function frozen({ id, type, subject, values, createdAt, body, digest, trackingKey }: EntryRow): unknown {
  return { id, type, subject, values, createdAt, body: [...body], digest, trackingKey }
}

export function demand(holds: boolean, message: string): void {
  if (!holds) throw new Error(message)
}
