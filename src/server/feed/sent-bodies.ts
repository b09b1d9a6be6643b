import type { BodyEdit } from '#domain/feed-v2.ts'
import { textEdit } from '#domain/text-edit.ts'
import type { ChangeLines, PutLines } from './list-lines.ts'

/** How many times shorter than the body an edit is, or the body goes whole: a phone that lacks the earlier one has no use for the edit. */
const MUCH_SHORTER = 2

/** Longer texts go whole, UTF-16 units: to compare two that share little takes a time that grows with both. */
const MOST_COMPARED = 100_000

/**
 * What a run sends of the bodies of its puts, for phones that hold what each record was before. The same for ever: it follows from the
 * log, which is never shortened within an epoch, and from rules that no release changes without a new epoch (`#domain/feed-v2.ts`).
 * @param before what each record was before the run, by id; a withdrawn one was nothing
 * @returns whole bodies and edits of earlier ones, each in the order of changes; nothing of a body that stayed the same
 */
export function sentBodies(
  changes: readonly ChangeLines[],
  before: ReadonlyMap<string, PutLines>,
): { bodies: string[]; edits: string[] } {
  const last = new Map(before)
  const [bodies, edits]: [string[], string[]] = [[], []]
  for (const { id, put } of changes) {
    const earlier = last.get(id)
    if (put === undefined) {
      last.delete(id)
      continue
    }
    last.set(id, put)
    if (earlier?.ref.sha256 === put.ref.sha256) continue
    const edit = earlier && put.body.length <= MOST_COMPARED ? editLine(earlier, put) : undefined
    if (edit !== undefined && Buffer.byteLength(edit) * MUCH_SHORTER <= put.ref.bytes) edits.push(edit)
    else bodies.push(put.body)
  }
  return { bodies, edits }
}

function editLine(earlier: PutLines, { body, ref }: PutLines): string {
  const edit: BodyEdit = { sha256: ref.sha256, of: earlier.ref.sha256, edit: textEdit(earlier.body, body) }
  return JSON.stringify(edit)
}
