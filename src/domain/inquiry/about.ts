import { RECORD_KINDS, type RecordKind } from '../record/kind.ts'

/** What a form is about, as its address says it: `about=park:some-id`. */
export function parseAbout(about: unknown): { kind: RecordKind; id: string } | undefined {
  const [, word, id] = typeof about === 'string' ? (/^([a-z]+):([a-z0-9-]+)$/.exec(about) ?? []) : []
  const kind = RECORD_KINDS.find((known) => known === word)
  return kind !== undefined && id !== undefined ? { kind, id } : undefined
}
