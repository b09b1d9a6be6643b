import type { FormText, InquiryForm } from '#domain/inquiry/form.ts'
import type { Locale } from '../../locales/locale.ts'
import { fieldLabel } from './field-label.ts'

/** What was typed into a form, as lines a person can read and keep. */
export function typedLines(form: InquiryForm, text: FormText, locale: Pick<Locale, 't' | 'te'>): string {
  return Object.entries(text)
    .filter(([pointer, value]) => value.trim() !== '' && !form.local.includes(pointer))
    .map(([pointer, value]) => `${fieldLabel(form.type, pointer, locale) ?? pointer}：${value}`)
    .join('\n')
}
