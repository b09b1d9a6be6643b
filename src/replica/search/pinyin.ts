import { charactersOfGb2312 } from './gb2312.ts'
import { FURTHER, RUNS } from './pinyin-data.ts'

/**
 * Units that stand one after the other, each within bounds: most are one unit, the last syllable of a word that is still being
 * typed is any that begins so.
 */
export type Phrase = readonly (readonly [first: number, last: number])[]

/** Units of Unicode's private use: one for each letter that a reading begins with, then one for each reading. */
const FIRST_INITIAL = 0xe020
const FIRST_SYLLABLE = 0xe100
/** A word can be cut into readings in several ways (xian: xian, xi'an); nobody means more of them than this. */
const MOST_WAYS = 16

let tables: { syllables: string[]; readings: Map<number, number[]> } | undefined

function unpacked() {
  tables ??= unpack()
  return tables
}

function unpack() {
  const runs = RUNS.split(' ').map((run) => /^([a-z]+)(\d*)$/.exec(run) ?? [])
  const further = [...FURTHER.matchAll(/(\p{Script=Han})([a-z]+)/gu)]
  const syllables = [
    ...new Set([...runs.map(([, reading = '']) => reading), ...further.map(([, , r = '']) => r)]),
  ].sort()
  const unit = new Map(syllables.map((syllable, index) => [syllable, FIRST_SYLLABLE + index]))
  const readings = new Map<number, number[]>()
  const add = (character: string, reading: string) => {
    const code = character.charCodeAt(0)
    readings.set(code, [...(readings.get(code) ?? []), unit.get(reading) ?? 0])
  }
  const characters = charactersOfGb2312()
  let at = 0
  for (const [, reading = '', length] of runs) {
    for (let n = 0; n < Number(length || 1); n++) add(characters[at++] ?? '', reading)
  }
  for (const [, character = '', reading = ''] of further) add(character, reading)
  return { syllables, readings }
}

const NONE: readonly number[] = []

/** The readings of a folded character, as units, from the most common on; none for what is not read in pinyin or not known. */
export function readingsOf(code: number): readonly number[] {
  return unpacked().readings.get(code) ?? NONE
}

/** The unit of the letter that a reading begins with. */
export function initialOf(syllable: number): number {
  const first = unpacked().syllables[syllable - FIRST_SYLLABLE]?.charCodeAt(0) ?? 0
  return FIRST_INITIAL + first - 0x61
}

/** The initials of the readings, each once. */
export function initialsOf(code: number): number[] {
  return [...new Set(readingsOf(code).map(initialOf))]
}

/** What a word of small Latin letters may mean in pinyin: the initials of characters, or their readings, the last one begun. */
export function pinyinPhrases(word: string): Phrase[] {
  if (!/^[a-z]+$/.test(word)) return []
  const initials = Array.from(word, (letter) => {
    const unit = FIRST_INITIAL + letter.charCodeAt(0) - 0x61
    return [unit, unit] as const
  })
  return [initials, ...waysToRead(word)].slice(0, MOST_WAYS)
}

function waysToRead(word: string, known = new Map<string, Phrase[]>()): Phrase[] {
  const before = known.get(word)
  if (before !== undefined) return before
  const { syllables } = unpacked()
  const ways: Phrase[] = []
  const begun = syllables.findIndex((syllable) => syllable.startsWith(word))
  if (begun >= 0) {
    const last = syllables.findLastIndex((syllable) => syllable.startsWith(word))
    ways.push([[FIRST_SYLLABLE + begun, FIRST_SYLLABLE + last]])
  }
  syllables.forEach((syllable, index) => {
    if (word.length <= syllable.length || !word.startsWith(syllable)) return
    const unit = FIRST_SYLLABLE + index
    for (const rest of waysToRead(word.slice(syllable.length), known)) ways.push([[unit, unit], ...rest])
  })
  known.set(word, ways.slice(0, MOST_WAYS))
  return ways.slice(0, MOST_WAYS)
}
