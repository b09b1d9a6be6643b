import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Statistics } from '../../tests/outbox/model/statistics.ts'
import { conditions, versionOf } from '../lib/machine.mjs'
import { report } from './report.mjs'

/** Batches that one process does. */
const BATCHES = 20

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const steps = Number(values.steps)
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)

const all = new Statistics()
const start = performance.now()
let told = start
let batch = 0

/** Gives a process some batches, one after the other. @returns when they are done, or there were steps enough */
const work = () =>
  new Promise((resolve, reject) => {
    const worker = fork(new URL('worker.mjs', import.meta.url), {
      // Most of what a sequence makes is thrown away at once, which takes a third of the time in the space that is usual.
      execArgv: ['--import', 'tsx', '--max-semi-space-size=64'],
      serialization: 'advanced',
    })
    let left = BATCHES
    const next = () => worker.send((seed + batch++) | 0)
    worker.once('exit', () => reject(new Error('A process has ended before its time')))
    worker.on('message', ({ statistics, failure }) => {
      if (failure !== undefined) return reject(new Error(failure))
      add(statistics)
      left -= 1
      if (left > 0 && all.steps < steps) return next()
      resolve()
      worker.disconnect()
    })
    next()
  })

/** Renews a process now and then: tabs that were killed in the middle of their work leave something behind in each. */
async function workOn() {
  while (all.steps < steps) await work()
}

function add({ faults, ...counts }) {
  for (const [name, count] of Object.entries(counts)) all[name] += count
  for (const [name, count] of faults) all.faults.set(name, (all.faults.get(name) ?? 0) + count)
  if (performance.now() - told < 10_000) return
  told = performance.now()
  console.error(`${all.steps} steps …`)
}

const processes = availableParallelism()
try {
  await Promise.all(Array.from({ length: processes }, workOn))
} catch (error) {
  console.error(error.message)
  // The others end with the channel to this one.
  process.exit(1)
}
const seconds = (performance.now() - start) / 1000

console.log(`## Faults

${conditions([versionOf('fake-indexeddb')])}
The model of tests/outbox/model in Node, on an IndexedDB in memory; seed ${seed}, ${processes} processes. Every promise is
checked after each step at rest, and at the end of each sequence when the weather has cleared. It stops at the first that is broken.

${report(all, seconds)}
`)
