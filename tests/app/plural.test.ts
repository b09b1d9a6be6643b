import { expect, test } from 'vitest'
import { withNamed } from '../../src/app/locales/locale.ts'
import en from '../../src/app/locales/en.ts'

test.each([
  [0, '0 items'],
  [1, '1 item'],
  [2, '2 items'],
])('%i of something is said with its plural', (count, said) => {
  expect(withNamed(en.list.count, { count })).toBe(said)
  expect(withNamed(en.list.count, { count: String(count) })).toBe(said)
})

test('where there is no plural, a count says nothing else', () => {
  expect(withNamed('共 {count} 条', { count: 1 })).toBe('共 1 条')
  expect(withNamed('A | B', {})).toBe('B')
})
