/** Control characters, and those that override the direction of what follows (UAX #9): they make a text look like another. */
const UNSEEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu
const UNSEEN_BUT_LAYOUT = /(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** Text on one line: breaks and tabs become blanks, what nobody can see is taken out. */
export function plainLine(text: string): string {
  return text
    .replace(LINE_BREAK, ' ')
    .replace(/[\t\n]/g, ' ')
    .replace(UNSEEN, '')
}

/** Text of several lines, with its tabs: every kind of break becomes a newline, what nobody can see is taken out. */
export function plainText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(UNSEEN_BUT_LAYOUT, '')
}
