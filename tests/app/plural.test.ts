import { expect, test } from 'vitest'
import { validityText } from '../../src/app/components/policy/validity-text.ts'
import { find, type Translate, withNamed } from '../../src/app/locales/locale.ts'
import en from '../../src/app/locales/en.ts'

test.each([
  [0, '0 items'],
  [1, '1 item'],
  [2, '2 items'],
])('%i of something is said with its plural', (count, said) => {
  expect(withNamed(en.list.count, { count })).toBe(said)
  expect(withNamed(en.list.count, { count: String(count) })).toBe(said)
})

test('a policy that ends tomorrow ends in one day', () => {
  const t: Translate = (key, named = {}) => withNamed(find(en, key) ?? key, named)
  const validity = { state: 'ending', until: '2026-11-30' } as const
  expect(validityText({ ...validity, daysLeft: 1 }, t)).toBe('Ends in 1 day (2026-11-30)')
  expect(validityText({ ...validity, daysLeft: 2 }, t)).toBe('Ends in 2 days (2026-11-30)')
})

test('where there is no plural, a count says nothing else', () => {
  expect(withNamed('共 {count} 条', { count: 1 })).toBe('共 1 条')
  expect(withNamed('A | B', {})).toBe('B')
})
