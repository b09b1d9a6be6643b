import type { InquiryType } from '#domain/inquiry/inquiry.ts'

/** Where a form is filled in. */
export const formPath = (type: InquiryType) => (type === 'contact' ? '/contact' : '/settle')
