const DAY_MS = 86_400_000

/** The first instant of a date in UTC, ms since 1970: whole days lie between two of them. */
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/**
 * Days from one date to another, negative when it lies before.
 * @param from,to `YYYY-MM-DD`
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / DAY_MS)
}

/**
 * The date some days after another, or before it.
 * @param date `YYYY-MM-DD`
 */
export function addDays(date: string, days: number): string {
  return new Date(startOf(date) + days * DAY_MS).toISOString().slice(0, 10)
}
