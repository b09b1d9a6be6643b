import * as v from 'valibot'
import { Sha256Hex } from '#domain/text.ts'
import type { EntryRow } from './rows.ts'

/** As little as has to be read, so that what another version froze can be read too. */
const BodySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ parts: v.optional(v.array(v.object({ sha256: Sha256Hex, name: v.string() })), []) }),
)
export type NamedPart = v.InferOutput<typeof BodySchema>['parts'][number]

/** The files that a request names in its frozen bytes: they are its files, whatever has become of their rows. */
export function namedParts({ body }: Pick<EntryRow, 'body'>): NamedPart[] {
  const read = v.safeParse(BodySchema, new TextDecoder().decode(body))
  return read.success ? read.output.parts : []
}
