import { RECORD_KINDS, type RecordKind } from '../record/kind.ts'
import type { InquiryType } from './inquiry.ts'

/** Where forms stand. */
export const FORM_PATHS: Readonly<Record<InquiryType, string>> = { contact: '/contact', settlement: '/settle' }

type About = { kind: RecordKind; id: string }

/** The query of a form's address that says what it is about. */
export const aboutQuery = (about: About | undefined) =>
  about === undefined ? {} : { about: `${about.kind}:${about.id}` }

/** What a form is about, as its address says it: `about=park:some-id`. */
export function parseAbout(about: unknown): About | undefined {
  const [, word, id] = typeof about === 'string' ? (/^([a-z]+):([a-z0-9-]+)$/.exec(about) ?? []) : []
  const kind = RECORD_KINDS.find((known) => known === word)
  return kind !== undefined && id !== undefined ? { kind, id } : undefined
}
