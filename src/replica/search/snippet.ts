import { normal, type SearchDocument } from './document.ts'
import { readsFrom } from './matcher.ts'
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
  /** The first place in tags or text where a word stands that the title lacks, else none. */
  snippet?: Marked
}

/** Characters shown before a hit, and in all. */
const BEFORE = 12
const LENGTH = 60

/** Marks the words in a document's title, and in the piece of its text that shows best why it was found. */
export function markedHit(
  document: Pick<SearchDocument, 'title' | 'tags' | 'text'>,
  words: readonly Word[],
): MarkedHit {
  const title = marked(normal(document.title), words, true)
  for (const part of [document.text, document.tags]) {
    const snippet = snippetOf(normal(part), words)
    if (snippet !== undefined) return { title, snippet }
  }
  return { title }
}

function snippetOf(text: string, words: readonly Word[]): Marked | undefined {
  const units = unitsOf(text)
  const starts = words.map((word) => units.text.indexOf(word.units)).filter((start) => start >= 0)
  if (starts.length === 0) return undefined
  const first = placeAt(units, Math.min(...starts), text)
  const lineStart = text.lastIndexOf('\n', first) + 1
  const from = whole(text, Math.max(lineStart, first - BEFORE))
  const to = whole(text, Math.min(text.length, from + LENGTH))
  const piece = text.slice(from, to).replaceAll('\n', ' ')
  const cut = { before: from > lineStart ? '…' : '', after: to < text.length ? '…' : '' }
  return marked(cut.before + piece + cut.after, words, false)
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
