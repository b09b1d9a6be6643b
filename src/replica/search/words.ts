import { withBlanks } from './separators.ts'

/**
 * The same text with a blank between its words, as the browser's dictionary knows them (Unicode UAX 29): 安亭 厂房 of 安亭厂房.
 * @returns undefined where it parts no further than the text already does, and where the browser knows no words
 */
export function partedIntoWords(text: string): string | undefined {
  if (!('Segmenter' in Intl)) return undefined
  const already = withBlanks(text).trim().split(/\s+/)
  const words = already.flatMap(wordsOf)
  return words.length > already.length ? words.join(' ') : undefined
}

function wordsOf(run: string): string[] {
  const segments = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(run)]
  return withoutSingles(segments.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment))
}

/** Words that only join others: who writes 安亭的厂房 looks for 安亭 and 厂房. */
const JOINING = new Set('的和与及或')

/** Characters that stand alone are names that no dictionary has, 安亭, when there are several, or else a part of the word before or after. */
function withoutSingles(words: readonly string[]): string[] {
  const whole: string[] = []
  let singles = ''
  for (const word of words) {
    if (JOINING.has(word)) {
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

function take(whole: string[], singles: string): void {
  if (singles.length === 1 && whole.length > 0) whole.push(whole.pop() + singles)
  else if (singles !== '') whole.push(singles)
}
