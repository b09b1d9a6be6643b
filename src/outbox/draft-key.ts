import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Subject } from '#domain/inquiry/subject.ts'

/** Key of the draft of a form about a subject: each has one, whichever tab shows it. */
export function draftKey(type: InquiryType, subject?: Pick<Subject, 'kind' | 'id'>): string {
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
