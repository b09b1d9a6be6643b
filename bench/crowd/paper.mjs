import { table } from '../lib/table.mjs'

const PHONES = 1_000_000
const OPENS_A_DAY = 4
/** The busiest hour has so many times the mean. */
const PEAK = 4
const DAY_S = 86_400
const MONTH_DAYS = 30
/** Of all phones, so many a day have nothing yet. */
const NEW_SHARE = 0.01
/** Times a day that something is published, each in so many steps. */
const PUBLICATIONS = 4
const STEPS = 2
const EDGES = 50
/** Headers of an answer, and of one that says "not changed", bytes. */
const HEADERS = 400

/**
 * A million phones on paper, with the sizes that were measured.
 * @param sizes of the compressed answers, bytes: head, step, list, bundle; and how many bundles there are
 */
export function paper({ head, step, list, bundle, bundles }) {
  const opens = PHONES * OPENS_A_DAY
  // A phone that opens four times a day finds something new at most as often as something is published.
  const steps = PHONES * Math.min(OPENS_A_DAY, PUBLICATIONS) * STEPS
  const first = PHONES * NEW_SHARE
  const requests = opens + steps + first * (1 + bundles)
  const texts = bundles * (bundle + HEADERS)
  const bytes = opens * (head + HEADERS) + steps * (step + HEADERS) + first * (list + HEADERS + texts)
  const perSecond = (count) => (count / DAY_S).toFixed(1)
  // Per edge and publication: its steps and open bundle, and the list, the segment and the bundle that it now and then leads to, in
  // two encodings.
  const atOrigin = EDGES * (DAY_S / 30 + PUBLICATIONS * (STEPS + 4) * 2)
  return table(
    ['a million phones, four times a day', 'at the edges', `at the origin, ${EDGES} edges`],
    [
      ['requests a day', requests.toLocaleString('en'), atOrigin.toLocaleString('en')],
      ['requests/s, mean', perSecond(requests), perSecond(atOrigin)],
      [`requests/s, busiest hour (${PEAK} ×)`, perSecond(requests * PEAK), perSecond(atOrigin)],
      ['GB a month', gigabytes(bytes * MONTH_DAYS), gigabytes(originBytes({ step, list, bundle }) * MONTH_DAYS)],
    ],
  )
}

/** Most of the heads are "not changed"; an open bundle is at most as large as another. */
function originBytes({ step, list, bundle }) {
  const heads = EDGES * (DAY_S / 30) * HEADERS
  return heads + EDGES * PUBLICATIONS * 2 * (STEPS * step + list + 2 * bundle)
}

const gigabytes = (bytes) => (bytes / 1e9).toFixed(1)
