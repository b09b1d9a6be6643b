import { type FormText, type InquiryForm } from '#domain/inquiry/form.ts'
import { SCHEMA_VERSION } from '#domain/inquiry/inquiry.ts'
import type { Draft } from '#outbox/drafts.ts'

/** Fields whose text is another than the one known to be on disk: what is to be saved. */
export function changedFields(text: FormText, stored: FormText): FormText {
  return Object.fromEntries(Object.entries(text).filter(([pointer, value]) => value !== stored[pointer]))
}

/**
 * Takes what is on disk into a form, field by field: one that was typed into here since it was last saved keeps its text, and one
 * with the caret in it changes when it is left.
 * @param text the form's, changed in place
 * @param stored what was known to be on disk, changed in place
 * @param focused pointer of the field with the caret
 */
export function takeIn(there: FormText, text: FormText, stored: FormText, focused: string | undefined): void {
  for (const pointer of Object.keys(stored)) {
    const value = there[pointer]
    if (value === undefined || value === stored[pointer]) continue
    const isUntouched = text[pointer] === stored[pointer]
    if (isUntouched && pointer === focused) continue
    stored[pointer] = value
    if (isUntouched) text[pointer] = value
  }
}

/** The fields of a draft that this form knows, with the text typed into them. */
export function knownText(form: InquiryForm, draft: Draft | undefined): FormText {
  if (draft?.version !== SCHEMA_VERSION) return {}
  const known = ([pointer, value]: [string, unknown]) => pointer in form.initial && typeof value === 'string'
  return Object.fromEntries(Object.entries(draft.values).filter(known)) as FormText
}

/** Whether a draft holds text that this form has no place for: it was saved by another version. */
export function hasUnknownText(form: InquiryForm, draft: Draft): boolean {
  return Object.keys(knownText(form, draft)).length < Object.keys(draft.values).length
}

/**
 * Whether a draft that was on disk is there no more: submitted or deleted on another page. A save only ever adds fields.
 * @param stored what was known to be on disk
 * @param there what is there now
 */
export function isGone(form: InquiryForm, stored: FormText, there: FormText): boolean {
  return Object.entries(stored).some(
    ([pointer, value]) => value !== form.initial[pointer] && there[pointer] === undefined,
  )
}
