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
  for (let left = workingDays; left > 0; ) {
    midnight += DAY_MS
    if (chineseDays.isWorkday(new Date(midnight).toISOString().slice(0, 10))) left -= 1
  }
  return midnight - SHANGHAI_OFFSET_MS + CLOSING_HOUR * 3_600_000
}
