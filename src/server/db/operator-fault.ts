import { isDatabaseUnavailable } from './availability.ts'

/** PostgreSQL's insufficient_privilege. */
const FORBIDDEN = '42501'
const READ_ONLY = new Set(['25006', 'SQLITE_READONLY', 'SQLITE_PERM'])
const CORRUPT = new Set(['SQLITE_CORRUPT', 'XX001', 'XX002'])
/** PostgreSQL's duplicate_table; SQLite says it in words alone. */
const TABLE_EXISTS = '42P07'

/**
 * What is wrong with a database that was opened and then refuses its work, as one line for the operator, who can put it right.
 * @returns undefined for anything else, which only we can put right
 */
export function operatorFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = String((error as { code?: unknown }).code)
  const what = error.message
  if (code === FORBIDDEN)
    return `The database refuses (${what}): give its user the right to create and use tables, or let it own the database.`
  if (READ_ONLY.has(code))
    return `The database cannot be written (${what}): name the primary and not a copy, and check the rights to its files.`
  if (code === TABLE_EXISTS || /^table \S+ already exists$/.test(what)) {
    return `The database holds tables of another program (${what}): name an empty one. Nothing was changed.`
  }
  if (CORRUPT.has(code)) return `The database is damaged (${what}): restore a backup, see docs/operate.md.`
  return isDatabaseUnavailable(error)
    ? `The database cannot serve now (${what}): check its disk and whether another program holds it, then try again.`
    : undefined
}
