import { spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const MOMENTS = ['not sent yet', 'on its way', 'answer lost', 'answered']

/**
 * The counts, and when the kills fell, as Markdown tables.
 * @param {number} rounds
 * @param {import('../../tests/support/browser-kills.ts').KillsReport} result
 */
export function report(rounds, { kills, submitted, stored, lost, twice, acknowledged }) {
  const counts = table(
    ['', 'rounds', 'submitted', 'stored', 'delivered on the phone', 'lost', 'twice'],
    [['requests', ...[rounds, submitted, stored, acknowledged, lost, twice].map(String)]],
  )
  const moments = MOMENTS.map((moment) => ({ moment, fell: kills.filter((kill) => kill.moment === moment) }))
  const when = table(
    ['the kill fell when it was', 'times', 'ms after the words'],
    moments.map(({ moment, fell }) => {
      const after =
        fell.length === 0
          ? ''
          : spread(
              fell.map((kill) => kill.after),
              String,
            )
      return [moment, String(fell.length), after]
    }),
  )
  return `${counts}\n\n${when}`
}
