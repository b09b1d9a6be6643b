import { normal, type SearchDocument } from './document.ts'
import { isInTitle, readsFrom } from './matcher.ts'
import type { Word } from './query.ts'
import { type Units, unitsOf } from './units.ts'

/** A piece of text with what was found in it. */
export interface Marked {
  text: string
  /** From the first character (UTF-16 index) to before the second, ascending, none touching another. */
  marks: [from: number, to: number][]
}

/** A hit as it is shown. */
export interface MarkedHit {
  title: Marked
  /** Where in text or tags most of the words stand that the title lacks; none when it holds them all. */
  snippet?: Marked
}

/** Characters shown before a hit, and in all. */
const BEFORE = 12
const LENGTH = 60
/** From so many on, a snippet ends with the line. */
const ENOUGH = 24

/** Marks the words in a document's title, and in the piece of its text that shows best why it was found. */
export function markedHit(
  document: Pick<SearchDocument, 'title' | 'tags' | 'text'>,
  words: readonly Word[],
): MarkedHit {
  const title = marked(normal(document.title), words, true)
  const folded = unitsOf(title.text).text
  const lacking = words.filter((word) => !isInTitle(word, folded))
  const [best] = [document.text, document.tags]
    .map((part) => ({ text: normal(part), ...closest(normal(part), lacking) }))
    .sort((a, b) => b.count - a.count)
  return best === undefined || best.count === 0 ? { title } : { title, snippet: snippetOf(best, words) }
}

interface Passage {
  /** How many of the words stand in it. */
  count: number
  /** The place of the first of them, and of the last. */
  first: number
  last: number
}

/** The first passage that holds as many of the words as any. */
function closest(text: string, words: readonly Word[]): Passage {
  const units = unitsOf(text)
  const found = words
    .flatMap((word) =>
      runsOf(word.units.length, (from) => units.text.indexOf(word.units, from)).map(([at]) => ({ word, at })),
    )
    .sort((a, b) => a.at - b.at)
  let best: Passage = { count: 0, first: 0, last: 0 }
  for (const [from, { at }] of found.entries()) {
    const here = new Set<Word>()
    let last = at
    for (let n = from; n < found.length && found[n]!.at < at + LENGTH - BEFORE; n++) {
      if (!here.has(found[n]!.word)) last = found[n]!.at
      here.add(found[n]!.word)
    }
    if (here.size > best.count)
      best = { count: here.size, first: placeAt(units, at, text), last: placeAt(units, last, text) }
    if (here.size === words.length) break
  }
  return best
}

function snippetOf({ text, first, last }: Passage & { text: string }, words: readonly Word[]): Marked {
  const lineStart = text.lastIndexOf('\n', first) + 1
  const from = whole(text, Math.max(lineStart, first - BEFORE))
  const end = whole(text, Math.min(text.length, from + LENGTH))
  const lineEnd = text.indexOf('\n', Math.max(last, from + ENOUGH))
  const to = lineEnd === -1 ? end : Math.min(lineEnd, end)
  const piece = text.slice(from, to)
  const cut = { before: from > lineStart ? '…' : '', after: to < text.length && to !== lineEnd ? '…' : '' }
  const found = marked(cut.before + piece + cut.after, words, false)
  return { ...found, text: found.text.replaceAll('\n', ' ') }
}

/** The place, or the one before it where a word or a character outside the basic plane begins that it would cut in two. */
function whole(text: string, at: number): number {
  const inside = /[\p{Script=Latin}\p{Nd}]+$/u.exec(text.slice(Math.max(0, at - 20), at))
  if (inside !== null && /^[\p{Script=Latin}\p{Nd}]/u.test(text.slice(at))) return at - inside[0].length
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

/** Marks the words wherever they stand. @param isTitle whether they may be read in pinyin too */
export function marked(text: string, words: readonly Word[], isTitle: boolean): Marked {
  const units = unitsOf(text)
  const runs = words.flatMap((word) => {
    const here = runsOf(word.units.length, (from) => units.text.indexOf(word.units, from))
    const read = isTitle
      ? word.pinyin.flatMap((phrase) => runsOf(phrase.length, (from) => readsFrom(phrase, units.text, from)))
      : []
    return [...here, ...read]
  })
  const places = runs.map(([from, to]) => [placeAt(units, from, text), placeAfter(units, to - 1, text)] as const)
  return { text, marks: together(places) }
}

function runsOf(length: number, find: (from: number) => number): [number, number][] {
  const runs: [number, number][] = []
  for (let at = find(0); at >= 0; at = find(at + length)) runs.push([at, at + length])
  return runs
}

const placeAt = ({ places }: Units, unit: number, text: string) => places[unit] ?? text.length

function placeAfter({ places }: Units, unit: number, text: string): number {
  const place = places[unit] ?? text.length
  const code = text.codePointAt(place)
  return place + (code !== undefined && code > 0xffff ? 2 : 1)
}

function together(runs: readonly (readonly [number, number])[]): [number, number][] {
  const result: [number, number][] = []
  for (const [from, to] of [...runs].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
