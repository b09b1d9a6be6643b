/** Shanghai keeps UTC+8 all year round, without summer time since 1992 (IANA time zone database, Asia/Shanghai). */
const OFFSET = '+08:00'
const OFFSET_MS = 8 * 60 * 60 * 1000

/**
 * An instant as clocks in Shanghai show it, `YYYY-MM-DDTHH:mm`. By arithmetic: the browser's own formatter takes tenths of a
 * second to get ready on a slow phone.
 * @param instant ms since 1970 (UTC), or RFC 3339
 */
export function shanghaiClock(instant: number | string): string {
  return shanghaiInstant(instant).slice(0, 16)
}

/**
 * An instant as RFC 3339, ISO 8601 and W3C Datetime all write it, at the offset of Shanghai: its day is then the day that
 * people there call it by, and does not come before the day of publishing, as it would in UTC.
 * @param instant ms since 1970 (UTC), or RFC 3339
 */
export function shanghaiInstant(instant: number | string): string {
  return new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().replace('Z', OFFSET)
}

/**
 * The instant at which a day begins in Shanghai, where a format asks for an instant and only the day is known.
 * @param date `YYYY-MM-DD`
 */
export function dayStart(date: string): string {
  return `${date}T00:00:00${OFFSET}`
}
