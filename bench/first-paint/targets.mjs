import { median } from '../lib/statistics.mjs'
import { CATEGORIES } from './lighthouse.mjs'

/** What issue 3 asks for: as a sentence, what was measured, and whether that meets it. */
export function targets({ luodi, limit, vitepress }, scores) {
  const middle = (visits, when, name) => median(visits.map((visit) => visit[when][name]))
  const largest = [luodi, limit, vitepress].map((visits) => middle(visits, 'online', 'largest'))
  const offline = [luodi, vitepress].map((visits) => middle(visits, 'offline', 'largest'))
  const blocking = [luodi, vitepress].map((visits) => middle(visits, 'online', 'blocking'))
  const shift = Math.max(...luodi.map(({ online }) => online.shift))
  const ms = (value) => `${Math.round(value)} ms`
  const lighthouse = Object.entries(CATEGORIES).map(([id, name]) => {
    const [least, got] = [id === 'performance' ? 98 : 100, median(scores.map((run) => run[id]))]
    return [`Lighthouse ${name} ≥ ${least}`, String(got), got >= least]
  })
  return [
    ['largest paint ≤ 1.15 × (a)', `${(largest[0] / largest[1]).toFixed(2)} ×`, largest[0] <= 1.15 * largest[1]],
    ['largest paint < (b)', `${ms(largest[0])} to ${ms(largest[2])}`, largest[0] < largest[2]],
    ['layout shift 0', shift.toFixed(3), shift === 0],
    ['blocking time < (b)', `${ms(blocking[0])} to ${ms(blocking[1])}`, blocking[0] < blocking[1]],
    ['offline second open ≤ (b)', `${ms(offline[0])} to ${ms(offline[1])}`, offline[0] <= offline[1]],
    ...lighthouse,
  ]
}
