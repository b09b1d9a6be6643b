import { median } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const HEAD = [
  '',
  'recall',
  'precision',
  'exact counts',
  'query p50 / p95, ms',
  'first answer, ms',
  'change / add, ms',
  'heap, MB',
  'disk, MB (× text) / just filled',
  'fill, ms a record',
]

const ms = (value) => (value < 10 ? value.toFixed(2) : String(Math.round(value)))
const mb = (bytes) => (bytes / 1e6).toFixed(1)
const share = (value) => (value === 1 ? '1' : value.toFixed(4))

function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/**
 * All contestants side by side, as Markdown.
 * @param {{ title: string, measured: Awaited<ReturnType<import('./measure.mjs').measure>> }[]} rows
 * @param {{ count: number, textBytes: number }} task
 */
export function report(rows, { count, textBytes }) {
  return table(
    HEAD,
    rows.map(({ title, measured: m }) => [
      title,
      share(m.recall),
      share(m.precision),
      `${Math.round(m.counts * 100)} %`,
      `${ms(percentile(m.times, 0.5))} / ${ms(percentile(m.times, 0.95))}`,
      ms(m.coldMs),
      `${ms(median(m.changeMs))} / ${ms(median(m.addMs))}`,
      mb(m.heap),
      `${mb(m.bytes)} (${(m.bytes / textBytes).toFixed(2)}) / ${mb(m.filledBytes)}`,
      ms(m.fillMs / count),
    ]),
  )
}
