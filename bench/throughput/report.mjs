import { median, spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const whole = (value) => String(Math.round(value))
const share = (value) => `${Math.round(value * 100)} %`
const HEAD = ['', 'bytes', 'Luodi, req/s', 'bare, req/s', 'of bare', 'Luodi p50 / p99, ms', 'bare p50 / p99, ms']

/**
 * The table of what was measured, as Markdown.
 * @param {{ name: string, answer: import('../lib/answer.mjs').Answer, luodi: object[], bare: object[] }[]} results with
 *   one measurement a round
 */
export function report(results) {
  return table(
    HEAD,
    results.map(({ name, answer, luodi, bare }) => [
      name,
      String(answer.body.length),
      spread(luodi.map(rate), whole),
      spread(bare.map(rate), whole),
      share(median(luodi.map((round, place) => round.rate / bare[place].rate))),
      latency(luodi),
      latency(bare),
    ]),
  )
}

const rate = (round) => round.rate
const latency = (rounds) => `${median(rounds.map(({ p50 }) => p50))} / ${median(rounds.map(({ p99 }) => p99))}`
