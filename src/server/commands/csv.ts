import { plainLines } from './plain-text.ts'

/** A cell that a spreadsheet would run as a formula when it opens the file (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel takes Chinese for garbage. A cell that
 * would be run as a formula is made text by an apostrophe before it.
 */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(value: string): string {
  const text = plainLines(value).join('\n')
  const safe = FORMULA.test(value) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
