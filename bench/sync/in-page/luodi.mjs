import { openReplica } from '../../../src/replica/replica.ts'

const replica = openReplica({ databaseName: 'bench' })
replica.wish({ depth: 'texts', pause: 'running' })

async function bring() {
  const outcome = await replica.sync()
  if (outcome !== 'updated') throw new Error(`The sync ended ${outcome}.`)
  await replica.fill()
}

globalThis.bench = { fill: bring, change: bring }
globalThis.benchReady = true
