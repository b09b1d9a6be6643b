import { foldCharacter } from './fold.ts'
import { FIRST_HAN, LAST_HAN, simplifiedForms } from './simplified.ts'

/**
 * A text as it is searched: UTF-16 units after folding, with a mark before each word of a script that parts its words. With it
 * one rule serves all: a word is in a text when its units stand in the units of the text. `AI` is not in `mail`, for its units
 * begin with the mark.
 */
export interface Units {
  text: string
  /** For each unit the place of the character it comes from, in the text that was given (NFC). */
  places: Uint32Array
}

/** Before a word that is found from its beginning. Content holds nothing of Unicode's private use. */
export const WORD_START = 0xe000

const CHUNK = 8192

/** Some writers set them between Chinese and numbers or Latin words, for the look of it; who searches does not: `7 号` is `7号`. */
const BLANK = 0x20
const HARD_BLANK = 0xa0

const isHan = (code: number) => code >= FIRST_HAN && code <= LAST_HAN
const isWord = (text: string, at: number) =>
  at < text.length && foldCharacter(String.fromCodePoint(text.codePointAt(at)!)).inWord

/** Grows as units are added; reused, so that folding ten thousand texts makes no garbage. */
export class UnitBuffer {
  codes = new Uint16Array(4096)
  places = new Uint32Array(4096)
  length = 0

  clear(): void {
    this.length = 0
  }

  push(code: number, place: number): void {
    if (this.length === this.codes.length) this.#grow()
    this.codes[this.length] = code
    this.places[this.length++] = place
  }

  /** Folds a text and adds its units. @param text normalised to NFC */
  add(text: string): void {
    const forms = simplifiedForms()
    let inWord = false
    let afterHan = false
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (isHan(code)) {
        this.push(forms[code - FIRST_HAN]!, at)
        inWord = false
        afterHan = true
        continue
      }
      if (
        (code === BLANK || code === HARD_BLANK) &&
        (afterHan ? isWord(text, at + 1) : inWord && isHan(text.charCodeAt(at + 1)))
      ) {
        continue
      }
      afterHan = false
      const character = String.fromCodePoint(text.codePointAt(at)!)
      const folded = foldCharacter(character)
      if (folded.inWord && !inWord) this.push(WORD_START, at)
      for (let n = 0; n < folded.text.length; n++) this.push(folded.text.charCodeAt(n), at)
      if (folded.text !== '') inWord = folded.inWord
      at += character.length - 1
    }
  }

  /** The units as a string: searching in it is the browser's own. */
  toString(): string {
    let text = ''
    for (let from = 0; from < this.length; from += CHUNK) {
      text += String.fromCharCode(...this.codes.subarray(from, Math.min(from + CHUNK, this.length)))
    }
    return text
  }

  #grow(): void {
    const codes = new Uint16Array(this.codes.length * 2)
    const places = new Uint32Array(this.places.length * 2)
    codes.set(this.codes)
    places.set(this.places)
    this.codes = codes
    this.places = places
  }
}

const buffer = new UnitBuffer()

/** The units of a text, or of one word. @param text normalised to NFC */
export function unitsOf(text: string): Units {
  buffer.clear()
  buffer.add(text)
  return { text: buffer.toString(), places: buffer.places.slice(0, buffer.length) }
}
