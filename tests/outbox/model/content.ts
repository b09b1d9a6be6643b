import { sha256Hex } from '#domain/digest.ts'
import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import type { Subject } from '#domain/inquiry/subject.ts'

/** Each tab types into a field of its own. */
export const FIELDS = ['message', 'company', 'email'] as const
export type Field = (typeof FIELDS)[number]
export type Text = Partial<Record<Field, string>>

/** What nobody has typed before: every text is of one draft alone. */
export function newText(field: Field, n: number): string {
  return { message: `第${n}句话`, company: `第${n}公司`, email: `a${n}@example.cn` }[field]
}

const SUBJECT: Subject = { kind: 'park', id: 'park-1', title: '科技园' }

/** The forms of the phone: one that asks in general, and one about a record. */
export const FORMS: readonly { key: string; subject?: Subject }[] = [
  { key: 'contact' },
  { key: 'contact:park/park-1', subject: SUBJECT },
]

/** What a request says, whatever its id: the same for the same text of the same form. */
export function contentOf(values: Record<string, unknown>, subject: Pick<Subject, 'id'> | undefined): string {
  return JSON.stringify([subject?.id ?? '', ...FIELDS.map((field) => values[field] ?? '')])
}

export interface ModelFile {
  name: string
  data: Uint8Array<ArrayBuffer>
  sha256: string
}

const made = new Map<number, ModelFile>()

/** A JPEG as far as anybody looks. The file of number 0 takes two requests, the others are small. */
export function fileOf(n: number): ModelFile {
  const known = made.get(n)
  if (known !== undefined) return known
  const data = Uint8Array.from({ length: n === 0 ? PART_CHUNK_BYTES + 7 : 10 + n }, (_, at) => (at * 31 + n * 7) % 256)
  data.set([0xff, 0xd8, 0xff, 0xe0])
  const file = { name: `照片${n}.jpg`, data, sha256: sha256Hex(data) }
  made.set(n, file)
  return file
}
