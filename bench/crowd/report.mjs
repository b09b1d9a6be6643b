import { table } from '../lib/table.mjs'

/** What the phones asked of the edges, and what came of it at the origin. */
export function report({ phones, edges, seconds, publications }) {
  const rows = edges.map(({ seen }, n) => [
    `edge ${n + 1}`,
    ...[seen.heads, seen.headsApart.toFixed(1), seen.addresses, seen.mostOften].map(String),
  ])
  const asked = [...phones.kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')
  const origin = edges.reduce((sum, { seen }) => sum + seen.heads + seen.immutable, 0)
  return `${phones.opened} phones opened in ${Math.round(seconds)} s, while ${publications} publications of 20 changes each were made; ${phones.failed} failed.
They asked the edges ${phones.requests} times (${asked}), for ${(phones.bytes / 1e6).toFixed(1)} MB; the edges asked the origin ${origin} times.

${table(['the origin saw of', 'head.json', 'at least s apart', 'addresses (with encoding)', 'each at most'], rows)}`
}
