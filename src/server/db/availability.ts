/** PostgreSQL classes that pass by themselves: connection, resources, operator intervention, and a standby's read-only. */
const PASSING_POSTGRES = /^(08|53|57P|25006|40001|40P01|55P03|57014)/
/** With what SQLite adds to say more: SQLITE_BUSY_SNAPSHOT, SQLITE_IOERR_FSYNC. */
const PASSING_SQLITE = /^SQLITE_(BUSY|FULL|IOERR)(_|$)/
const PASSING_NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
/** What the pg package says without a code. */
const PASSING_MESSAGES =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/

/** Whether an error says that the database cannot serve now, so that the same request may well succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return PASSING_MESSAGES.test(error.message)
  return PASSING_SQLITE.test(code) || PASSING_NETWORK.has(code) || PASSING_POSTGRES.test(code)
}
