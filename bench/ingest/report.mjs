import { median, spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const whole = (value) => String(Math.round(value))
const share = (value) => value.toFixed(2)
const HEAD = [
  '',
  'Luodi, req/s',
  'no checks, our database layer, req/s',
  'no checks, driver alone, req/s',
  'Luodi of the layer',
  'Luodi of the driver',
  'p50 / p99, ms',
]

/**
 * The table of what was measured, as Markdown.
 * @param {{ name: string, rounds: Record<'luodi' | 'layer' | 'driver', object[]> }[]} results one measurement a round
 */
export function report(results) {
  return table(
    HEAD,
    results.map(({ name, rounds: { luodi, layer, driver } }) => [
      name,
      ...[luodi, layer, driver].map((rounds) => spread(rounds.map(rate), whole)),
      ...[layer, driver].map((limit) => spread(ratios(luodi, limit), share)),
      [luodi, layer, driver].map(latency).join(', '),
    ]),
  )
}

const rate = (round) => round.rate
const ratios = (rounds, limit) => rounds.map((round, place) => round.rate / limit[place].rate)
const latency = (rounds) => `${median(rounds.map(({ p50 }) => p50))} / ${median(rounds.map(({ p99 }) => p99))}`
