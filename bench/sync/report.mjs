import { median, spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'

const whole = (value) => String(Math.round(value))
const kilo = (value) => (value / 1000).toFixed(value < 100_000 ? 1 : 0)
/** Browsers tell of no task up to 50 ms. */
const taskText = (value) => (value === 0 ? '≤ 50' : whole(value))
const mega = (value) => (value / 1e6).toFixed(1)

/** @param {'fill' | 'change'} act */
export function figures(results, act) {
  const row = (name, figure, write) => [
    name,
    ...results.map(({ runs }) =>
      spread(
        runs.map((run) => run[act][figure]),
        write,
      ),
    ),
  ]
  const tasks = ({ slow }) => slow.map((run) => taskText(run[act].task)).join(', ')
  return table(
    ['', ...results.map(({ title }) => title)],
    [
      row('time, ms', 'ms', whole),
      row('bytes over the line, kB', 'bytes', kilo),
      row('requests', 'requests', whole),
      row('heap grew at most, MB', 'heap', mega),
      ['longest task of each run, slowed, ms', ...results.map(tasks)],
    ],
  )
}

/** What issue and README promise, and what came of it. */
export function targets(results, opened) {
  const of = (name) => results.find((one) => one.name === name)
  const ms = (name, act) => median(of(name).runs.map((run) => run[act].ms))
  const { runs, slow } = of('luodi')
  const day = {
    bytes: median(runs.map((run) => run.change.bytes)),
    requests: median(runs.map((run) => run.change.requests)),
  }
  const tasks = slow.map(({ fill, change }) => Math.max(fill.task, change.task))
  const ratio = (a, b) => (a / b).toFixed(2)
  const row = (target, measured, isMet) => [target, measured, isMet ? 'met' : '**missed**']
  const limit = ms('luodi', 'fill') / ms('limit', 'fill')
  const peers = ['pouchdb', 'rxdb'].map((name) => ms(name, 'fill') / ms('luodi', 'fill'))
  const later = median(opened[1]) / median(opened[0])
  return table(
    ['target', 'measured', ''],
    [
      row('first fill ≤ 1.5 × (a)', `${limit.toFixed(2)} ×`, limit <= 1.5),
      row(
        'first fill ≥ 5 × faster than (b) and (c)',
        `${peers.map((x) => x.toFixed(1)).join(' and ')} ×`,
        Math.min(...peers) >= 5,
      ),
      row("a day's change under 20 kB", `${kilo(day.bytes)} kB`, day.bytes < 20_000),
      row("a day's change under 5 requests", whole(day.requests), day.requests < 5),
      row('no task above 50 ms, slowed', tasks.map(taskText).join(', '), Math.max(...tasks) === 0),
      row(
        'opening with many records ≤ 1.15 × that with 100',
        `${ratio(median(opened[1]), median(opened[0]))} ×`,
        later <= 1.15,
      ),
    ],
  )
}
