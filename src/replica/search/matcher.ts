import { IN_TAGS, IN_TEXT, IN_TITLE, normal, type Place, type SearchDocument } from './document.ts'
import { initialOf, type Phrase, readingsOf } from './pinyin.ts'
import type { Word } from './query.ts'
import { unitsOf } from './units.ts'

/** A document ready to be looked through. */
export interface Searchable {
  title: string
  tags: string
  text: string
}

/** Folds a document for looking through it. */
export function searchable({ title, tags, text }: Pick<SearchDocument, 'title' | 'tags' | 'text'>): Searchable {
  const [inTitle, inTags, inText] = [title, tags, text].map((part) => unitsOf(normal(part)).text)
  return { title: inTitle ?? '', tags: inTags ?? '', text: inText ?? '' }
}

/** The best place of a word, by looking at the text itself; undefined when it is not there. */
export function placeOf(word: Word, document: Searchable): Place | undefined {
  if (isInTitle(word, document.title)) return IN_TITLE
  if (document.tags.includes(word.units)) return IN_TAGS
  return document.text.includes(word.units) ? IN_TEXT : undefined
}

/** Whether a folded title holds a word, or can be read so. */
export function isInTitle({ units, pinyin }: Word, title: string): boolean {
  return title.includes(units) || pinyin.some((phrase) => readsFrom(phrase, title) >= 0)
}

/** The place of several words: the worst of theirs; undefined unless all are there. */
export function placeOfAll(words: readonly Word[], document: Searchable): Place | undefined {
  let worst: Place = IN_TITLE
  for (const word of words) {
    const place = placeOf(word, document)
    if (place === undefined) return undefined
    if (place > worst) worst = place
  }
  return worst
}

/**
 * Where the characters of a folded title can be read as the phrase says.
 * @param from first place to look at
 * @returns the place of the first character, -1 for none
 */
export function readsFrom(phrase: Phrase, title: string, from = 0): number {
  for (let start = from; start + phrase.length <= title.length; start++) {
    if (phrase.every((bounds, n) => isRead(title.charCodeAt(start + n), bounds))) return start
  }
  return -1
}

function isRead(code: number, [first, last]: readonly [number, number]): boolean {
  return readingsOf(code).some((reading) => {
    const initial = initialOf(reading)
    return (reading >= first && reading <= last) || (initial >= first && initial <= last)
  })
}
