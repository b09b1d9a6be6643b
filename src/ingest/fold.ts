import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 't', to: 'cn' })
const DASHES = /[‐-―−─ー﹣]/
const folded = new Map<string, string>()

/**
 * The copy of a text that structure is matched on: half-width, lower-case, simplified script, one kind of dash. It is
 * exactly as long as the text (UTF-16 code units), so that an index found in one holds in the other.
 */
export function fold(text: string): string {
  let result = ''
  for (const char of text) result += folded.get(char) ?? remember(char)
  return result
}

function remember(char: string): string {
  const plain = DASHES.test(char) ? '-' : sameLength(char, char.normalize('NFKC').toLowerCase())
  const simplified = sameLength(plain, toSimplified(plain))
  folded.set(char, simplified)
  return simplified
}

function sameLength(original: string, candidate: string): string {
  return candidate.length === original.length ? candidate : original
}

/** Characters nobody sees: controls, soft hyphen, zero width, direction marks, variation selectors, icon fonts. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- these are what has to go
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB]/g

/** Takes out what nobody sees and makes every kind of blank one space; does not trim. */
export function clean(text: string): string {
  return text.replace(INVISIBLE, '').replace(/[\s\u0085]+/g, ' ')
}

/** What two texts are compared by: letters and digits of the folded copy. Blanks and punctuation do not count. */
export function comparisonKey(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '')
}
