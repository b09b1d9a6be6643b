import { BREAK } from './fold.ts'
import { normal } from './document.ts'
import { type Phrase, pinyinPhrases } from './pinyin.ts'
import { withBlanks } from './separators.ts'
import { unitsOf, WORD_START } from './units.ts'

/** One word that a person typed. It is found where its units stand, or in a title where one of the phrases does. */
export interface Word {
  units: string
  /** The readings it may mean; empty when it is no pinyin. */
  pinyin: Phrase[]
}

/** What is searched for. Every word must be found. */
export interface Query {
  text: string
  kind?: string
  /** Code of a place; places inside it count too. */
  region?: string
  /** `YYYY-MM-DD`: published then or later. */
  from?: string
}

const LONGEST = 200
/** What most words hold: the browser takes longer to make ready for all punctuation than to answer. */
const PLAIN = /[\u4e00-\u9fff0-9a-z]/

/** The words of a query: what blanks part, or marks as between the items of a list. Punctuation alone is none: nobody looks for a comma, and every text has one. */
export function wordsOf(text: string): Word[] {
  // A blank that is typed parts words, whatever stands beside it.
  const words = withBlanks(text.slice(0, LONGEST))
    .split(/\s/)
    .flatMap((part) => unitsOf(normal(part)).text.split(BREAK))
  const mark = String.fromCharCode(WORD_START)
  return [...new Set(words)]
    .filter((units) => PLAIN.test(units) || /\P{P}/u.test(units))
    .map((units) => ({ units, pinyin: units.startsWith(mark) ? pinyinPhrases(units.slice(1)) : [] }))
}
