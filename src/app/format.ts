const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const dayTime = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const number = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

/** An instant's time of day in Shanghai: `14:03`. Accepts milliseconds or RFC 3339. */
export function clockTime(instant: number | string): string {
  return time.format(new Date(instant))
}

/** An instant's day and time in Shanghai: `2026/11/23 14:03`. */
export function dateTime(instant: number | string): string {
  return dayTime.format(new Date(instant))
}

/** A quantity with at most two decimals and grouped thousands. */
export function quantity(value: number): string {
  return number.format(value)
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
  return `${number.format(Math.round(value * 10) / 10)} ${units[unit]}`
}
