import { FIRST_HAN, LAST_HAN, simplifiedForms } from './simplified.ts'

/** What a character becomes in a search. */
interface Folded {
  text: string
  /** Whether it belongs to a word of a script that parts its words: such words are found from their beginning. */
  inWord: boolean
}

const IN_WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]$/u
const BLANK = /^[\s\p{Cc}\p{Co}\p{Noncharacter_Code_Point}]$/u
const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u

/** Letters and digits of which that is known, and other signs that are written: the browser is slow to make the expressions above ready. */
const PLAIN = /^[0-9A-Za-z]$/
const SIGN = /^[!-~\u3001-\u3003\u3008-\u3011\u3014-\u301b]$/
/** Around the year of a document's number, as one keyboard has them and the other: each opening one, and what closes it. */
const BRACKETS = '[]〔〕【】〖〗'
/** The wide forms of `!` to `~`, and how far they are from them. */
const WIDE = /^[\uff01-\uff5e]$/
const WIDER = 0xfee0

/** Stands for every blank, and for what no text of ours holds: controls, private use, noncharacters. */
export const BREAK = '\n'

const known = new Map<string, Folded>()

/** Folds one character: compatible forms, width, case and kinds of brackets are one, traditional is simplified, what nobody sees is nothing. */
export function foldCharacter(character: string): Folded {
  const before = known.get(character)
  if (before !== undefined) return before
  const folded = plainly(character) ?? { text: foldedText(character), inWord: IN_WORD.test(character) }
  known.set(character, folded)
  return folded
}

/** What most characters become that are no Chinese ones; undefined for any other. */
function plainly(character: string): Folded | undefined {
  const plain = WIDE.test(character) ? String.fromCharCode(character.charCodeAt(0) - WIDER) : character
  if (PLAIN.test(plain)) return { text: plain.toLowerCase(), inWord: true }
  if (BRACKETS.includes(plain)) return { text: BRACKETS.indexOf(plain) % 2 === 0 ? '(' : ')', inWord: false }
  return SIGN.test(plain) ? { text: plain, inWord: false } : undefined
}

function foldedText(character: string): string {
  if (BLANK.test(character)) return BREAK
  if (UNSEEN.test(character)) return ''
  const plain = character.normalize('NFKC').toLowerCase()
  return Array.from(plain, (part) => (BLANK.test(part) ? BREAK : simplified(part))).join('')
}

function simplified(character: string): string {
  const code = character.charCodeAt(0)
  if (code < FIRST_HAN || code > LAST_HAN) return character
  return String.fromCharCode(simplifiedForms()[code - FIRST_HAN] ?? code)
}
