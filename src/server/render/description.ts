import { bodyText } from '#domain/body-text.ts'
import { plainLine } from '#domain/plain-text.ts'
import type { ContentRecord } from '#domain/record/record.ts'
import { sound } from './escape.ts'
import { recordFacts } from './facts.ts'

/** What people see as one character (UAX #29), so that no emoji and no accent is cut in two. */
const CHARACTERS = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' })
/** Characters of a description: about what search results and share cards show. */
const MOST = 120
/** One character may be a letter under hundreds of accents; this is what a description holds of those, in UTF-16 units. */
const MOST_UNITS = 4 * MOST
const SAYS_SOMETHING = /[\p{L}\p{N}]/u

/**
 * What a record's page says of itself, in one line of at most 120 characters: its summary, or else the beginning of its
 * text, or else its facts. Never empty.
 */
export function recordDescription(record: ContentRecord): string {
  const told = [record.summary, bodyText(record.body ?? [])].map((text) => clipped(text))
  return told.find((text) => SAYS_SOMETHING.test(text)) ?? clipped(recordFacts(record))
}

/**
 * The beginning of a text on one line, ending in … where something was cut off.
 * @param most characters as people count them, … included
 */
export function clipped(text: string, most = MOST): string {
  const line = sound(plainLine(text)).replace(/\s+/g, ' ').trim()
  const kept: string[] = []
  for (const { segment, index } of CHARACTERS.segment(line)) {
    if (kept.length === most || index + segment.length > MOST_UNITS) return cutOff(kept.slice(0, most - 1))
    kept.push(segment)
  }
  return line
}

function cutOff(characters: readonly string[]): string {
  return `${characters.join('').trimEnd()}…`
}
