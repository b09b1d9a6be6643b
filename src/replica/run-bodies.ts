import { applyEdit } from '#domain/text-edit.ts'
import { withDigests } from './body-digest.ts'
import type { FetchedRun } from './feed-client.ts'
import { bodyText } from './lines.ts'
import type { Body, ContentReader } from './store.ts'

const utf8 = new TextEncoder()

/**
 * The bodies that a run brings for those of its puts whose text is wanted: as they stand there, or made of an earlier one that is on
 * the phone. What cannot be made, or comes out another, is left out: whoever misses it asks for it.
 */
export async function bodiesOf(
  { changes, bodies, edits }: FetchedRun,
  store: ContentReader,
  wantsText: (record: { id: string }) => boolean,
): Promise<Body[]> {
  const wanted = new Set(
    changes.flatMap((change) => (change.op === 'put' && wantsText(change) ? change.body.sha256 : [])),
  )
  const found = new Map(bodies.map((body) => [body.sha256, body]))
  for (const { sha256, of, edit } of edits) {
    if (!wanted.has(sha256)) continue
    const inRun = found.get(of)
    const earlier = inRun === undefined ? await store.body(of) : bodyText(inRun.bytes)
    if (earlier === undefined) continue
    const [made] = await withDigests([utf8.encode(applyEdit(earlier, edit))])
    if (made !== undefined) found.set(made.sha256, made)
  }
  return [...found.values()].filter(({ sha256 }) => wanted.has(sha256))
}
