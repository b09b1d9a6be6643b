const SHANGHAI = '+08:00'
const OFFSET_MS = 8 * 3_600_000

/**
 * An instant as RFC 3339, ISO 8601 and W3C Datetime all write it, at the offset of Shanghai: its day is then the day that
 * people there call it by, and does not come before the day of publishing, as it would in UTC.
 * @param time RFC 3339 instant
 */
export function shanghaiInstant(time: string): string {
  return new Date(Date.parse(time) + OFFSET_MS).toISOString().replace('Z', SHANGHAI)
}

/**
 * The instant at which a day begins in Shanghai, where a format asks for an instant and only the day is known.
 * @param date `YYYY-MM-DD`
 */
export function dayStart(date: string): string {
  return `${date}T00:00:00${SHANGHAI}`
}
