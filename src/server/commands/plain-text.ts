/** Control and format characters: they steer a terminal, and turn the direction of what stands after them (UAX #9). */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu

/** Text from outside on one line, with nothing in it that steers a terminal or breaks a table. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()
}

/** The same for text whose line breaks matter. */
export function plainLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.replace(UNSEEN, ' '))
}

/** A value as JSON for people and programs: the same value, with what steers a terminal written as escapes. */
export function jsonText(value: unknown): string {
  const escape = (char: string) =>
    char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('')
  return JSON.stringify(value, null, 2).replace(UNSEEN, (char) => (char === '\n' ? char : escape(char)))
}
