import { parseAbout } from '#domain/inquiry/about.ts'
import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'

type About = Pick<Subject, 'kind' | 'id'>

/** Key of the draft of a form about a subject: each has one, whichever tab shows it. */
export function draftKey(type: InquiryType, subject?: About): string {
  return subject === undefined ? type : `${type}:${subject.kind}/${subject.id}`
}

/** Key of the draft that corrects a refused request: it is deleted with that request. */
export function correctionKey(submissionId: string): string {
  return `correct:${submissionId}`
}

/**
 * Key of the draft that keeps text which the present form has no place for.
 * @param draftKey of the form that it was found in
 */
export function earlierKey(draftKey: string): string {
  return `earlier:${draftKey}`
}

/**
 * What form a draft is of, by its key or that of its earlier text; undefined for one that corrects a request, and for a key of another
 * version.
 */
export function formOfDraft(key: string): { key: string; type: InquiryType; about: About | undefined } | undefined {
  const [, own, type, subject] = /^(?:earlier:)?((contact|settlement)(?::(.+))?)$/.exec(key) ?? []
  const about = parseAbout(subject?.replace('/', ':'))
  if (own === undefined || (subject !== undefined && about === undefined)) return undefined
  return type === 'contact' || type === 'settlement' ? { key: own, type, about } : undefined
}
