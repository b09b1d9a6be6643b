import { table } from '../lib/table.mjs'

const PHONES = 1_000_000
const OPENS_A_DAY = 4
/** The busiest hour has so many times the mean. */
const PEAK = 4
const DAY_S = 86_400
const MONTH_DAYS = 30
/** Of all phones, so many a day have nothing yet. */
const NEW_SHARE = 0.01
/** Times a day that something is published. */
const PUBLICATIONS = 4
const EDGES = 50
/** Headers of an answer, and of one that says "not changed", bytes. */
const HEADERS = 400

/**
 * A million phones on paper, with the sizes that were measured.
 * @param sizes of the compressed answers, bytes: head, tail of a day's changes, snapshot
 */
export function paper({ head, tail, snapshot }) {
  const opens = PHONES * OPENS_A_DAY
  // A phone that opens four times a day finds something new at most as often as something is published.
  const tails = PHONES * Math.min(OPENS_A_DAY, PUBLICATIONS)
  const snapshots = PHONES * NEW_SHARE
  const requests = opens + tails + snapshots
  const bytes = opens * (head + HEADERS) + tails * (tail + HEADERS) + snapshots * (snapshot + HEADERS)
  const perSecond = (count) => (count / DAY_S).toFixed(1)
  // Per edge and publication: a tail, and the snapshot and the segment that it now and then leads to, in two encodings.
  const atOrigin = EDGES * (DAY_S / 30 + PUBLICATIONS * 3 * 2)
  return table(
    ['a million phones, four times a day', 'at the edges', `at the origin, ${EDGES} edges`],
    [
      ['requests a day', requests.toLocaleString('en'), atOrigin.toLocaleString('en')],
      ['requests/s, mean', perSecond(requests), perSecond(atOrigin)],
      [`requests/s, busiest hour (${PEAK} ×)`, perSecond(requests * PEAK), perSecond(atOrigin)],
      ['GB a month', gigabytes(bytes * MONTH_DAYS), gigabytes(originBytes({ head, tail, snapshot }) * MONTH_DAYS)],
    ],
  )
}

/** Most of the heads are "not changed". */
function originBytes({ tail, snapshot }) {
  const heads = EDGES * (DAY_S / 30) * HEADERS
  return heads + EDGES * PUBLICATIONS * 2 * (tail + snapshot)
}

const gigabytes = (bytes) => (bytes / 1e9).toFixed(1)
