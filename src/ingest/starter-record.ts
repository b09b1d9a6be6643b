import * as v from 'valibot'
import type { RecordKind } from '#domain/record/kind.ts'
import { type ContentRecord, ContentRecordSchema } from '#domain/record/record.ts'
import { adviceFor } from './starter-advice.ts'
import { type Draft, withDefaults } from './starter-defaults.ts'
import { ContentFileError } from './starter-error.ts'

/**
 * A checked record from what a person wrote.
 * @param kind kind of the folder the file stands in
 * @param file path for the error
 * @throws {ContentFileError} naming the first field that is wrong, or that no such record has
 */
export function recordFrom(kind: RecordKind, draft: Draft, file: string): ContentRecord {
  if (draft['kind'] !== undefined && draft['kind'] !== kind) {
    throw new ContentFileError(file, 'kind', `这个文件夹只放 ${kind}，请移到对应的文件夹`)
  }
  const full = withDefaults(kind, draft)
  const result = v.safeParse(ContentRecordSchema, full)
  if (!result.success) {
    const [issue] = result.issues
    throw new ContentFileError(file, v.getDotPath(issue) ?? '', adviceFor(issue))
  }
  const unknown = unknownField(full, result.output)
  if (unknown !== undefined) {
    throw new ContentFileError(file, unknown, '没有这个字段，请改正名称或删去（字段见 content/README.md）')
  }
  return result.output
}

/** The first field that was given but that the schema does not know: a slip of the pen would otherwise vanish. */
function unknownField(given: unknown, known: unknown): string | undefined {
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return undefined
  const kept = new Map(Object.entries(known))
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!kept.has(key)) return key
    const below = unknownField(value, kept.get(key))
    if (below !== undefined) return `${key}.${below}`
  }
  return undefined
}
