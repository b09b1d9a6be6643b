import PouchDB from 'pouchdb-browser'

const local = new PouchDB('bench')
const remote = new PouchDB(`${location.origin}/db/records`)

async function bring() {
  const { ok, docs_written } = await local.replicate.from(remote, { batch_size: 1000 })
  if (!ok || docs_written === 0) throw new Error('PouchDB has replicated nothing.')
}

globalThis.bench = { fill: bring, change: bring }
globalThis.benchReady = true
