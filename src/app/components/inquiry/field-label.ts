import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { useI18n } from 'petite-vue-i18n'

type I18n = ReturnType<typeof useI18n>

/**
 * The label of a request's field.
 * @param pointer JSON Pointer into the request; one below a field (`/industry/section`) has that field's label
 * @returns undefined when no field of the form is meant
 */
export function fieldLabel(type: InquiryType, pointer: string, { t, te }: Pick<I18n, 't' | 'te'>): string | undefined {
  const keys = pointer.split('/').slice(1)
  for (let length = keys.length; length > 0; length--) {
    const key = ['form', type, ...keys.slice(0, length)].join('.')
    if (te(key)) return t(key)
  }
  return undefined
}
