import { describe, expect, it, test } from 'vitest'
import { changedFields, hasUnknownText, isGone, knownText, takeIn } from '#app/forms/draft-text.ts'
import { CONTACT_FORM } from '#domain/inquiry/form.ts'
import { SCHEMA_VERSION } from '#domain/inquiry/inquiry.ts'

const draft = (values: Record<string, unknown>, version = SCHEMA_VERSION) => ({ values, version, savedAt: 1 })
const initial = () => ({ ...CONTACT_FORM.initial })

test('only what was typed since the last save is saved', () => {
  const stored = { ...initial(), '/name': '李' }
  expect(changedFields({ ...stored, '/phone': '138' }, stored)).toEqual({ '/phone': '138' })
})

describe('what another tab typed', () => {
  it('appears in fields that this tab leaves alone', () => {
    const text = initial()
    const stored = initial()
    takeIn({ '/name': '李' }, text, stored, undefined)
    expect(text['/name']).toBe('李')
    expect(changedFields(text, stored)).toEqual({})
  })

  it('does not change a field that was typed into here', () => {
    const text = { ...initial(), '/name': '王' }
    const stored = initial()
    takeIn({ '/name': '李', '/phone': '138' }, text, stored, undefined)
    expect(text).toMatchObject({ '/name': '王', '/phone': '138' })
    expect(changedFields(text, stored)).toEqual({ '/name': '王' })
  })

  it('waits while the caret stands in the field, and is not taken for typing then', () => {
    const text = initial()
    const stored = initial()
    takeIn({ '/name': '李' }, text, stored, '/name')
    expect(text['/name']).toBe('')
    expect(changedFields(text, stored)).toEqual({})
    takeIn({ '/name': '李' }, text, stored, undefined)
    expect(text['/name']).toBe('李')
  })
})

test('a draft that lost what was on disk is gone; one that was never there, or grew, is not', () => {
  const stored = { ...initial(), '/name': '李' }
  expect(isGone(CONTACT_FORM, stored, {})).toBe(true)
  expect(isGone(CONTACT_FORM, stored, { '/phone': '1' })).toBe(true)
  expect(isGone(CONTACT_FORM, stored, { '/name': '李', '/phone': '1' })).toBe(false)
  expect(isGone(CONTACT_FORM, initial(), {})).toBe(false)
})

test.each([
  ['a field that the form lacks', draft({ '/name': '李', '/title': '博士' }), { '/name': '李' }],
  ['a field that holds no text', draft({ '/name': ['李'] }), {}],
  ['another version of the form', draft({ '/name': '李' }, SCHEMA_VERSION + 1), {}],
])('text in %s is not known', (_what, kept, known) => {
  expect(knownText(CONTACT_FORM, kept)).toEqual(known)
  expect(hasUnknownText(CONTACT_FORM, kept)).toBe(true)
})

test('a draft of this version is known as a whole', () => {
  expect(hasUnknownText(CONTACT_FORM, draft({ '/name': '李', '/way': 'phone' }))).toBe(false)
})
