import { table } from '../lib/table.mjs'
import { total } from './count.mjs'

const NAMES = ['luodi', 'workbox', 'tanstack']
/** Whose documentation asks for an endpoint that honours idempotency keys. Ours has the id in the address. */
const KEYED = { luodi: true, workbox: false, tanstack: true }
const WHAT = ['stored', 'lost', 'repeated', 'wrong']
const HEAD = ['', 'submitted', ...['Luodi', 'Workbox', 'TanStack'].map((name) => `${name}: ${WHAT.join(' / ')}`)]

/**
 * The table of what came of all messages, as Markdown.
 * @param {{ name: string, counts: Record<string, import('./count.mjs').Count> }[]} results
 */
export function report(results) {
  const rows = results.map(({ name, counts }) => [name, ...cells(counts)])
  const shared = results.filter(({ counts }) => NAMES.every((name) => counts[name] !== undefined))
  const sums = Object.fromEntries(NAMES.map((name) => [name, total(shared.map(({ counts }) => counts[name]))]))
  return table(HEAD, [...rows, ['**in total, of rows that all have**', ...cells(sums)]])
}

function cells(counts) {
  const submitted = String(Object.values(counts)[0].submitted)
  return [submitted, ...NAMES.map((name) => (counts[name] === undefined ? '—' : write(counts[name], KEYED[name])))]
}

/** In brackets: how many the other kind of endpoint would hold more than once, where that differs. */
function write({ stored, lost, repeated, repeatedByKey, wrong }, keyed) {
  const [own, other] = keyed ? [repeatedByKey, repeated] : [repeated, repeatedByKey]
  return [stored, lost, own === other ? own : `${own} (${other})`, wrong].join(' / ')
}
