import { median, spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const whole = (value) => String(Math.round(value))
const share = (value) => value.toFixed(2)

/** The same insert without our checks, by the ways of `bare-ingest.mjs`. */
const LIMITS = {
  groups: 'no checks, committed in groups as ours',
  layer: 'no checks, each committed by itself',
  driver: 'no checks, each by itself, driver alone',
}

/**
 * Two tables of what was measured, as Markdown: rates, and those of Luodi as a share of each limit in the same round.
 * @param {{ name: string, rounds: Record<'luodi' | 'groups' | 'layer' | 'driver', object[]> }[]} results one measurement a round
 */
export function report(results) {
  const limits = Object.keys(LIMITS)
  const rates = results.flatMap(({ name, rounds }) =>
    ['luodi', ...limits].map((each) => [
      `${name}: ${LIMITS[each] ?? 'Luodi'}`,
      spread(rounds[each].map(rate), whole),
      latency(rounds[each]),
    ]),
  )
  const shares = results.map(({ name, rounds }) => [
    name,
    ...limits.map((limit) => spread(ratios(rounds.luodi, rounds[limit]), share)),
  ])
  return `${table(['', 'req/s', 'p50 / p99, ms'], rates)}

Luodi of the same insert with

${table(['', ...Object.values(LIMITS)], shares)}`
}

const rate = (round) => round.rate
const ratios = (rounds, limit) => rounds.map((round, place) => round.rate / limit[place].rate)
const latency = (rounds) => `${median(rounds.map(({ p50 }) => p50))} / ${median(rounds.map(({ p99 }) => p99))}`
