import { expect, test } from 'vitest'
import { foldCharacter } from '#replica/search/fold.ts'

const IN_WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]$/u

test('letters, digits and signs that are folded without asking Unicode are what Unicode says they are', () => {
  const ranges = [
    [0x21, 0x7e],
    [0x3001, 0x301f],
    [0xff00, 0xff60],
  ] as const
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCharCode(code)
      const plain = character.normalize('NFKC').toLowerCase()
      const text = plain.replace(/[[〔【〖]/, '(').replace(/[\]〕】〗]/, ')')
      expect([character, foldCharacter(character)]).toEqual([character, { text, inWord: IN_WORD.test(character) }])
    }
  }
})

test.each([
  ['產', '产'],
  ['産', '产'],
  ['説', '说'],
  ['著', '著'],
  ['乾', '乾'],
])('%s is folded to %s', (character, simplified) => {
  expect(foldCharacter(character).text).toBe(simplified)
})
