/**
 * What came of the messages of one row.
 * @typedef {{ submitted: number, stored: number, lost: number, repeated: number, repeatedByKey: number, wrong: number }} Count
 *   `repeatedByKey`: what would still be stored more than once where the endpoint honours idempotency keys
 */

/** @param {import('./stage.mjs').Stage} stage @param {number[]} numbers @returns {Promise<Count>} */
export async function count(stage, numbers) {
  const kept = await stage.kept()
  const rows = stage.backend.stored()
  const sum = { submitted: numbers.length, stored: 0, lost: 0, repeated: 0, repeatedByKey: 0, wrong: 0 }
  for (const nr of numbers) {
    const stored = rows.filter((row) => row.nr === nr)
    const told = stage.phone.told.get(nr)
    const waits = kept.waiting.includes(nr)
    const isThere = waits || kept.toCorrect.includes(nr) || told === 'refused'
    sum.stored += stored.length > 0
    sum.lost += stored.length === 0 && !isThere
    sum.repeated += stored.length > 1
    sum.repeatedByKey += new Set(stored.map(({ key }) => key)).size > 1
    sum.wrong += isWrong(told, stored.length > 0, waits)
  }
  return sum
}

/** Whether what the person was shown last is not so. A worker that delivers unseen and tells nobody is let off. */
function isWrong(told, isStored, waits) {
  if (told === 'delivered') return !isStored
  if (told === 'refused') return isStored
  return told === 'waiting' && !isStored && !waits
}

/** Adds up. @param {Count[]} counts @returns {Count} */
export function total(counts) {
  const sum = { submitted: 0, stored: 0, lost: 0, repeated: 0, repeatedByKey: 0, wrong: 0 }
  for (const each of counts) for (const name of Object.keys(sum)) sum[name] += each[name]
  return sum
}
