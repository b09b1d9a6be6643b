import { oneLine, plainLines } from './plain-text.ts'

/** Characters that take two columns in a terminal: East Asian wide and full-width ones (UAX #11). */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
const GAP = '  '

/** How many columns of a terminal a text takes. */
function displayWidth(text: string): number {
  return [...text].reduce((width, char) => width + (WIDE.test(char) ? 2 : 1), 0)
}

/**
 * Lines up rows under a header, whatever script they are in.
 * @param rows as many cells in each as the header has
 */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(oneLine))
  const widths = header.map((_, column) => Math.max(...lines.map((row) => displayWidth(row[column] ?? ''))))
  return lines
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}

/**
 * Lists facts one under another, the names lined up; those without a value are left out.
 */
export function facts(entries: readonly (readonly [name: string, value: string | undefined])[]): string {
  const known = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1] !== '')
  const width = Math.max(0, ...known.map(([name]) => displayWidth(name)))
  const indent = `\n${' '.repeat(width)}${GAP}`
  return known.map(([name, value]) => `${pad(name, width)}${GAP}${plainLines(value).join(indent)}`).join('\n')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}
