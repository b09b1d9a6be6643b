/** Shanghai keeps UTC+8 all year round, without summer time since 1992 (IANA time zone database, Asia/Shanghai). */
const OFFSET_MS = 8 * 60 * 60 * 1000

/**
 * An instant as clocks in Shanghai show it, `YYYY-MM-DDTHH:mm`. By arithmetic: the browser's own formatter takes tenths of a
 * second to get ready on a slow phone.
 * @param instant ms since 1970 (UTC), or RFC 3339
 */
export function shanghaiClock(instant: number | string): string {
  return new Date(new Date(instant).getTime() + OFFSET_MS).toISOString().slice(0, 16)
}
