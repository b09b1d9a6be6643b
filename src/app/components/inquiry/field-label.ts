import type { InquiryType } from '#domain/inquiry/inquiry.ts'
import type { Locale } from '../../locales/locale.ts'

/**
 * The label of a request's field.
 * @param pointer JSON Pointer into the request; one below a field (`/industry/section`) has that field's label
 * @returns undefined when no field of the form is meant
 */
export function fieldLabel(
  type: InquiryType,
  pointer: string,
  { t, te }: Pick<Locale, 't' | 'te'>,
): string | undefined {
  const keys = pointer.split('/').slice(1)
  for (let length = keys.length; length > 0; length--) {
    const key = ['form', type, ...keys.slice(0, length)].join('.')
    if (te(key)) return t(key)
  }
  return undefined
}
