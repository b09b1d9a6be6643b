import { createRxDatabase } from 'rxdb/plugins/core'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

const BATCH = 1000

const database = await createRxDatabase({ name: 'bench', storage: getRxStorageDexie(), multiInstance: false })
const { records } = await database.addCollections({
  records: {
    schema: {
      version: 0,
      primaryKey: 'id',
      type: 'object',
      properties: { id: { type: 'string', maxLength: 100 }, text: { type: 'string' } },
      required: ['id', 'text'],
    },
  },
})

/** Pulls what is new, and ends: as the documentation of its HTTP replication has it. */
async function bring() {
  const replication = replicateRxCollection({
    collection: records,
    replicationIdentifier: 'bench',
    live: false,
    pull: {
      batchSize: BATCH,
      async handler(checkpoint, limit) {
        const query = new URLSearchParams({ after: String(checkpoint?.version ?? 0), limit: String(limit) })
        return (await fetch(`/pull?${query}`)).json()
      },
    },
  })
  await replication.awaitInitialReplication()
  await replication.cancel()
}

globalThis.bench = { fill: bring, change: bring }
globalThis.benchReady = true
