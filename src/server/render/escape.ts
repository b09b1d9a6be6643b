import { escapeUTF8 } from 'entities/escape'
import { plainLine, plainText } from '#domain/plain-text.ts'

/** Halves of surrogate pairs, U+FFFE and U+FFFF: no characters of XML 1.0 (§2.2, `Char`), and an error in HTML. */
const NO_CHARACTER = /[\p{Cs}\uFFFE\uFFFF]/gu

/**
 * Text that HTML, XML and JSON can all carry: without control characters but newline and tab; what is no character at all
 * becomes U+FFFD.
 */
export function sound(text: string): string {
  return plainText(text).replace(NO_CHARACTER, '\uFFFD')
}

/**
 * Text as it stands between tags or in a quoted attribute, in HTML as in XML: the five characters that both know are
 * escaped (XML 1.0 §4.6), and nothing is left that either forbids.
 */
export function escaped(text: string): string {
  return escapeUTF8(sound(text))
}

/** The same on one line, for a title or an attribute. */
export function escapedLine(text: string): string {
  return escaped(plainLine(text))
}
