import type { Dice } from './dice.ts'
import { VOCABULARY } from './vocabulary.ts'

/** Evens out the top ranks, as in real texts (Mandelbrot's constant). */
const SHIFT = 2.7
/** Fine enough for a share of one in a billion. */
const STEPS = 2 ** 30

/** Share of all words that are of this rank or a commoner one: the word of rank r has a weight of 1 / (r + 2.7) (Zipf–Mandelbrot). */
const SHARES = sharesOf(VOCABULARY.length)

function sharesOf(count: number): Float64Array {
  const shares = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1 + SHIFT)
    shares[rank] = sum
  }
  return shares.map((share) => share / sum)
}

/** A word, common ones more often. */
export function word(dice: Dice): string {
  const at = dice(STEPS) / STEPS
  let low = 0
  let high = SHARES.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((SHARES[middle] ?? 1) > at) high = middle
    else low = middle + 1
  }
  return VOCABULARY[low] ?? ''
}

const WORD_CHARACTER = /[\w&]$/
const LATIN_START = /^\w/

/** Words one after another: Latin ones with a space between, Chinese ones without, as people write. */
export function phrase(dice: Dice, words: number): string {
  let text = ''
  for (let n = 0; n < words; n += 1) {
    const next = word(dice)
    text += WORD_CHARACTER.test(text) && LATIN_START.test(next) ? ` ${next}` : next
  }
  return text
}
