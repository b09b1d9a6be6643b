import { draftOwner, entryOwner } from '#outbox/attachment-owner.ts'
import type { EntryRow } from '#outbox/rows.ts'
import { type Field, FIELDS, FORMS } from './content.ts'
import type { KnownDraft } from './ledger.ts'
import type { PhoneModel } from './phone-model.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * What was typed and added stays on the phone until it is submitted; then it is in the request, and the draft is gone. Only what
 * happened between two looks at rest is told apart: when a draft was changed while it was submitted, either order is right.
 * @throws Error
 */
export function checkDrafts(phone: PhoneModel, before: Snapshot, now: Snapshot): void {
  const old = new Set(before.entries.map(({ id }) => id))
  const made = now.entries.filter(({ id }) => !old.has(id) && !phone.ledger.replaced.has(id))
  for (const form of FORMS) {
    const { key } = form
    const draft = phone.ledger.draft(key)
    const requests = made.filter(({ id, subject }) => subject?.id === form.subject?.id && !isCorrection(phone, id))
    const values = now.drafts.find((one) => one.key === key)?.values ?? {}
    const files = filesOf(now, draftOwner(key))
    if (requests.length === 0) checkStill(key, draft, values, files)
    else if (draft.changes === 0) checkConsumed(key, draft, requests, now)
    draft.saved = new Map(
      FIELDS.flatMap((field): [Field, string][] => {
        const value = values[field]
        return typeof value === 'string' ? [[field, value]] : []
      }),
    )
    draft.files = files
    draft.changes = 0
    draft.typed.clear()
    draft.taken.clear()
  }
}

function checkStill(key: string, draft: KnownDraft, values: Record<string, unknown>, files: Set<string>): void {
  for (const [field, text] of draft.saved) {
    const there = values[field]
    if (there !== text && !draft.typed.has(String(there)))
      throw new Error(`The draft ${key} has lost ${field} ${text}; there is ${String(there)}`)
  }
  for (const file of draft.files) {
    if (!files.has(file) && !draft.taken.has(file)) throw new Error(`The draft ${key} has lost a file`)
  }
}

function checkConsumed(key: string, draft: KnownDraft, requests: EntryRow[], now: Snapshot): void {
  const sent = requests.flatMap(({ id }) => [...filesOf(now, entryOwner(id))])
  const left = filesOf(now, draftOwner(key))
  const all = new Set([...sent, ...left])
  for (const file of draft.files) {
    if (!all.has(file)) throw new Error(`Submitting ${key} has lost a file`)
  }
  const saysOf = ({ values }: EntryRow) => new Set(FIELDS.map((field) => values[field]))
  const said = new Set(requests.flatMap((request) => [...saysOf(request)]))
  const there = now.drafts.find((one) => one.key === key)?.values ?? {}
  // What was typed over it and not saved is on the form alone, and may have been submitted in its place.
  const isTypedOver = [...draft.unsaved].some((text) => said.has(text))
  for (const [field, text] of draft.saved) {
    // A form in another tab may still show what was submitted before, or what has been changed since.
    if (!said.has(text) && !isTypedOver && there[field] !== text)
      throw new Error(`Submitting another text has deleted ${text} of the draft ${key}`)
  }
  const isSaid = requests.some(
    (one) => draft.saved.size > 0 && [...draft.saved.values()].every((text) => saysOf(one).has(text)),
  )
  const isThere = left.size > 0 || Object.keys(there).length > 0
  if (isSaid && isThere) throw new Error(`The draft ${key} was submitted and is still there`)
}

function isCorrection(phone: PhoneModel, id: string): boolean {
  return phone.ledger.submissions.some(
    ({ key, outcome }) => key.startsWith('correct/') && outcome !== undefined && 'id' in outcome && outcome.id === id,
  )
}

function filesOf({ attachments }: Snapshot, owner: string): Set<string> {
  return new Set(attachments.filter((row) => row.owner === owner).map(({ sha256 }) => sha256))
}
