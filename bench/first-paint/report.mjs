import { spread } from '../lib/statistics.mjs'
import { table } from '../lib/table.mjs'
import { CATEGORIES } from './lighthouse.mjs'
import { targets } from './targets.mjs'

const ms = (value) => String(Math.round(value))
const kB = (value) => (value / 1000).toFixed(1)

const TIMES = [
  ['first paint, ms', 'firstPaint', ms],
  ['first contentful paint, ms', 'contentful', ms],
  ['largest contentful paint, ms', 'largest', ms],
]
const ONLINE = [
  ...TIMES,
  ['total blocking time, ms', 'blocking', ms],
  ['layout shift', 'shift', (value) => value.toFixed(3)],
  ['bytes until the largest paint, kB', 'bytesToLargest', kB],
  ['bytes until quiet, kB', 'bytes', kB],
  ['requests until quiet', 'requests', String],
]

/**
 * The bench's tables as Markdown.
 * @param {Record<'luodi' | 'limit' | 'vitepress', object[]>} visits
 * @param {Record<'luodi' | 'vitepress', { scores: object, lost: string[] }[]>} audits
 */
export function report(visits, audits) {
  const { luodi, limit, vitepress } = visits
  const head = (what) => [what, 'Luodi', '(b) VitePress + PWA']
  return [
    '### First open, nothing cached',
    table(['', 'Luodi', '(a) one HTML file', '(b) VitePress + PWA'], rows(ONLINE, 'online', [luodi, limit, vitepress])),
    `The largest paint is ${[luodi, limit, vitepress].map((of) => kinds(of, 'online')).join('; ')}.`,
    `What shifted: ${[luodi, limit, vitepress].map(shifted).join('; ')}.`,
    '### Second open, network off',
    table(head(''), rows(TIMES, 'offline', [luodi, vitepress])),
    `The largest paint is ${[luodi, vitepress].map((of) => kinds(of, 'offline')).join('; ')}.`,
    '### Lighthouse, mobile, simulated line',
    table(head(''), auditRows([audits.luodi, audits.vitepress])),
    `Audits without full marks: Luodi ${lost(audits.luodi)}; VitePress ${lost(audits.vitepress)}.`,
    '### Targets',
    table(
      ['target', 'measured', ''],
      targets(
        visits,
        audits.luodi.map((run) => run.scores),
      ).map(([target, measured, met]) => [target, measured, met ? 'met' : '**not met**']),
    ),
  ].join('\n\n')
}

function auditRows(contestants) {
  const row = (label, value, write) => [label, ...contestants.map((runs) => spread(runs.map(value), write))]
  return [
    ...Object.entries(CATEGORIES).map(([id, name]) => row(name, ({ scores }) => scores[id], String)),
    row('its largest contentful paint, ms', ({ largest }) => largest, ms),
    row('its total blocking time, ms', ({ blocking }) => blocking, ms),
  ]
}

function rows(measures, when, contestants) {
  return measures.map(([label, name, write]) => [
    label,
    ...contestants.map((visits) =>
      spread(
        visits.map((visit) => visit[when][name]),
        write,
      ),
    ),
  ])
}

const kinds = (visits, when) => list(visits.map((visit) => `\`${visit[when].largestIs}\``))
const shifted = (visits) => list(visits.flatMap(({ online }) => online.shifted.map((name) => `\`${name}\``)))
const lost = (runs) => list(runs.flatMap((run) => run.lost))
const list = (names) => [...new Set(names)].join(', ') || 'none'
