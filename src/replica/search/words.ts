import { withBlanks } from './separators.ts'

/**
 * The same text with a blank between its words, as the browser's dictionary knows them (Unicode UAX 29): 安亭 厂房 of 安亭厂房.
 * @returns undefined where it parts no further than the text already does, and where the browser knows no words
 */
export function partedIntoWords(text: string): string | undefined {
  if (!('Segmenter' in Intl)) return undefined
  const already = withBlanks(text).trim().split(/\s+/)
  const words = already.flatMap(wordsOf)
  const parted = words.join(' ')
  return words.length > 0 && parted !== already.join(' ') ? parted : undefined
}

function wordsOf(run: string): string[] {
  const segments = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(run)]
  return withoutSingles(segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment))
}

/** Join words, and are parts of names: 安亭的厂房 has two words, 万和厂房 a name. */
const JOINING = new Set('的和与及或')

/** Characters that stand alone are names that no dictionary has, 安亭, when there are several, or else a part of the word before or after. */
function withoutSingles(words: readonly string[]): string[] {
  const whole: string[] = []
  let singles = ''
  for (const [at, word] of words.entries()) {
    const isAfterWord = singles.length > 1 || whole.length > 0
    if (JOINING.has(word) && isAfterWord && isBeforeWord(words.slice(at + 1), word)) {
      take(whole, singles)
      singles = ''
    } else if (word.length === 1) {
      singles += word
    } else {
      const isPrefix = singles.length === 1 && whole.length === 0
      if (!isPrefix) take(whole, singles)
      whole.push(isPrefix ? singles + word : word)
      singles = ''
    }
  }
  take(whole, singles)
  return whole
}

/** Whether more than one character stands after it; 的 may also end what is looked for. */
function isBeforeWord([next, second]: readonly string[], joining: string): boolean {
  if (next === undefined) return joining === '的'
  return next.length > 1 || (second?.length === 1 && !JOINING.has(second))
}

function take(whole: string[], singles: string): void {
  if (singles.length === 1 && whole.length > 0) whole.push(whole.pop() + singles)
  else if (singles !== '') whole.push(singles)
}
