import chineseDays from 'chinese-days'

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
/** Hour at which a working day ends, Shanghai time. */
const CLOSING_HOUR = 18

/**
 * The instant by which an answer is promised: 18:00 Shanghai time on the n-th working day after the day of receipt.
 * Public holidays and the working weekends exchanged for them follow the State Council's yearly notice, as the package
 * chinese-days carries it; for a year not announced yet, Monday to Friday.
 * @param receivedAt milliseconds since 1970 (UTC)
 * @param workingDays how many working days are promised, at least 1
 * @returns milliseconds since 1970 (UTC)
 */
export function replyDueAt(receivedAt: number, workingDays = 1): number {
  let midnight = Math.floor((receivedAt + SHANGHAI_OFFSET_MS) / DAY_MS) * DAY_MS
  for (let left = workingDays; left > 0;) {
    midnight += DAY_MS
    if (isWorkday(new Date(midnight).toISOString().slice(0, 10))) left -= 1
  }
  return midnight - SHANGHAI_OFFSET_MS + CLOSING_HOUR * 3_600_000
}

/**
 * The package keeps its table, and looks a bare date up, by this machine's time zone: both are off alike, so that a day the
 * notice names is found anywhere. For any other it would take the weekday of the day before or after.
 */
function isWorkday(date: string): boolean {
  const { name, work } = chineseDays.getDayDetail(date)
  const isNamedByNotice = name.includes(',')
  return isNamedByNotice ? work : ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
}
