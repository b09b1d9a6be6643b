import { diceOf } from '../../src/server/synthetic/dice.ts'

/** Of how many characters the pieces are, and how many of each: what people type, from one character to a phrase. */
const PIECES = [
  [1, 10],
  [2, 30],
  [3, 12],
  [4, 20],
  [6, 12],
  [9, 6],
]
const SEVERAL = 10
/** Words from their beginning, numbers too. None can be read as pinyin, which finds more than the truth knows of. */
const LATIN = ['2026', '示例规〔2024〕1', '5', '2025-0', '产业 2024']
/** Phrases that are typed letter by letter. */
const TYPED = 12

/**
 * Queries cut out of the texts themselves, words or not, and prefixes of some phrases as they are typed.
 * @param {string[]} texts
 */
export function makeQueries(texts) {
  const dice = diceOf(11)
  const piece = (length) => {
    for (;;) {
      const text = texts[dice(texts.length)]
      const found = text.slice(dice(text.length - length)).slice(0, length)
      if (/^[\u4e00-\u9fff]+$/.test(found) && found.length === length) return found
    }
  }
  const whole = PIECES.flatMap(([length, count]) => Array.from({ length: count }, () => piece(length)))
  const several = Array.from({ length: SEVERAL }, () => `${piece(2)} ${piece(2)}`)
  const typed = Array.from({ length: TYPED }, () => piece(4)).flatMap((text) =>
    [1, 2, 3, 4].map((n) => text.slice(0, n)),
  )
  return [...typed, ...whole, ...several, ...LATIN]
}
