import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { conditions, versionOf } from '../lib/machine.mjs'
import { report } from './report.mjs'
import { SIZE } from './size.mjs'
import { openStores } from './stores.mjs'

/** Batches that one process does, all on one database. */
const BATCHES = 20

const { values } = parseArgs({ options: { n: { type: 'string', default: '10000' }, seed: { type: 'string' } } })
const wanted = Number(values.n)
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)

const { stores, stop } = await openStores()
const start = performance.now()
let told = start
let batch = 0

const done = () => stores.reduce((sum, { statistics }) => sum + statistics.histories, 0)

/** Gives a process some batches on a store, one after the other. @returns when they are done, or there were histories enough */
async function work(store) {
  const settings = await store.settings()
  await new Promise((resolve, reject) => {
    const worker = fork(new URL('worker.mjs', import.meta.url), {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
    })
    let left = BATCHES
    const next = () => worker.send({ settings, seed: (seed + batch++) | 0 })
    worker.once('exit', () => reject(new Error('A process has ended before its time')))
    worker.on('message', ({ statistics, failure }) => {
      if (failure !== undefined) return reject(new Error(`On ${store.name}: ${failure}`))
      add(store.statistics, statistics)
      left -= 1
      if (left > 0 && done() < wanted) return next()
      resolve()
      worker.disconnect()
    })
    next()
  })
}

/** Renews a process now and then: tabs that were killed in the middle of their work leave something behind in each. */
async function workOn(place) {
  for (let turn = place; done() < wanted; turn += 1) await work(stores[turn % stores.length])
}

function add(all, { syncs, troubles, ...counts }) {
  for (const [name, count] of Object.entries(counts)) all[name] += count
  for (const [counted, some] of [
    [all.syncs, syncs],
    [all.troubles, troubles],
  ])
    for (const [name, count] of some) counted.set(name, (counted.get(name) ?? 0) + count)
  if (performance.now() - told < 10_000) return
  told = performance.now()
  console.error(`${done()} histories …`)
}

const processes = availableParallelism()
try {
  await Promise.all(Array.from({ length: processes }, (_, place) => workOn(place)))
} catch (error) {
  console.error(error.message)
  // The others end with the channel to this one.
  process.exit(1)
}
const seconds = (performance.now() - start) / 1000
await stop()

console.log(`## Histories

${conditions([versionOf('fake-indexeddb')])}
The model of tests/replica/model in Node: the real server on its database with ${SIZE.writers} connections, three edges that cache as the headers
say, and a phone of two tabs on an IndexedDB in memory; seed ${seed}, ${processes} processes, up to ${SIZE.steps} steps each. After each sync the copy
must be, record by record, the state of the feed that it says it is, and so must each text that has come; in the end every text is there, and
its digest is that of the server. It stops at the first that is not.

${report(stores, seconds)}
`)
