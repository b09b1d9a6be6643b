import { shanghaiClock } from '#domain/shanghai.ts'

/** An instant's time of day in Shanghai: `14:03`. Accepts milliseconds or RFC 3339. */
export function clockTime(instant: number | string): string {
  return shanghaiClock(instant).slice(11)
}

/** An instant's day and time in Shanghai: `2026/11/23 14:03`. */
export function dateTime(instant: number | string): string {
  return shanghaiClock(instant).replaceAll('-', '/').replace('T', ' ')
}

let format: Intl.NumberFormat | undefined

/** A quantity with at most two decimals and grouped thousands. */
export function quantity(value: number): string {
  format ??= new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })
  return format.format(value)
}

/** A size in bytes as people read it: `1.4 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${quantity(Math.round(value * 10) / 10)} ${units[unit]}`
}
