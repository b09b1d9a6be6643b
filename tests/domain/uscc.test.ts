import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUsccCheckCorrect, isUsccForm, normalizeUscc, USCC_CHARSET, usccCheckCharacter } from '#domain/uscc.ts'

const characters = fc.constantFrom(...USCC_CHARSET)
const stem = fc.array(characters, { minLength: 17, maxLength: 17 }).map((chars) => chars.join(''))

test.each(['91350200MA2YJ1XR9G', '91110108772551611J'])('%s, an issued code, is right', (code) => {
  expect(isUsccForm(code)).toBe(true)
  expect(isUsccCheckCorrect(code)).toBe(true)
})

test('an issued code that breaks the check character keeps its form', () => {
  expect(isUsccForm('91350203M0001QAY9B')).toBe(true)
  expect(isUsccCheckCorrect('91350203M0001QAY9B')).toBe(false)
})

test.each(['', '91350200MA2YJ1XR9', '91350200MA2YJ1XR9GG', '91350200MA2YJ1XRIG', '91350200MA2YJ1XR9Z', '９１３５'])(
  '%s is not a code',
  (code) => {
    expect(isUsccForm(code)).toBe(false)
  },
)

test('each stem has exactly one right check character', () => {
  fc.assert(
    fc.property(stem, (text) => {
      const right = [...USCC_CHARSET].filter((char) => isUsccCheckCorrect(text + char))
      expect(right).toEqual([usccCheckCharacter(text)])
    }),
  )
})

test('one wrong character is always noticed', () => {
  fc.assert(
    fc.property(stem, fc.nat(16), characters, (text, place, char) => {
      fc.pre(text.charAt(place) !== char)
      const code = text + usccCheckCharacter(text)
      const wrong = code.slice(0, place) + char + code.slice(place + 1)
      expect(isUsccCheckCorrect(wrong)).toBe(false)
    }),
  )
})

test('how it is typed does not matter: case, blanks, hyphens, full width', () => {
  fc.assert(
    fc.property(stem, (text) => {
      const code = text + usccCheckCharacter(text)
      const typed = ` ${code.toLowerCase().slice(0, 8)}-${code.slice(8)}\u3000`
      const wide = [...code].map((char) => String.fromCodePoint(char.codePointAt(0)! + 0xfee0)).join('')
      expect(normalizeUscc(typed)).toBe(code)
      expect(normalizeUscc(wide)).toBe(code)
    }),
  )
})
