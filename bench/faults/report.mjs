import { table } from '../lib/table.mjs'

/** What happened, and how often each fault was met. */
export function report(statistics, seconds) {
  const { faults, ...counts } = statistics
  const rows = Object.entries({ ...counts, 'steps/s': Math.round(counts.steps / seconds) })
  const met = [...faults].sort(([, a], [, b]) => b - a)
  const text = (list) => list.map(([name, count]) => [name, String(count)])
  return `${table(['what', 'how often'], text(rows))}\n\n${table(['fault', 'met'], text(met))}`
}
