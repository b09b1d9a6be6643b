import type { InquiryType, Subject } from '#domain/inquiry/inquiry.ts'

/** Key of the draft of a form about a subject: each has one, whichever tab shows it. */
export function draftKey(type: InquiryType, subject?: Pick<Subject, 'kind' | 'id'>): string {
  return subject === undefined ? type : `${type}:${subject.kind}/${subject.id}`
}
