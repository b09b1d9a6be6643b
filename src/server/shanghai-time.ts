import { shanghaiClock } from '#domain/shanghai.ts'

/**
 * An instant as officers read it, in Shanghai time: `2025-07-28 09:30`.
 * @param at RFC 3339 instant, or milliseconds since 1970 (UTC)
 */
export function shanghaiTime(at: string | number): string {
  return shanghaiClock(at).replace('T', ' ')
}

/** The calendar date of an instant in Shanghai, `YYYY-MM-DD`. */
export function shanghaiDate(at: number): string {
  return shanghaiTime(at).slice(0, 10)
}
