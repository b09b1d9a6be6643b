/* A program: PouchDB's own server, on PouchDB's storage in memory. */
import express from 'express'
import expressPouchDB from 'express-pouchdb'
import http from 'node:http'
import PouchDBBase from 'pouchdb-core'
import memory from 'pouchdb-adapter-memory'
import httpAdapter from 'pouchdb-adapter-http'
import mapReduce from 'pouchdb-mapreduce'
import replication from 'pouchdb-replication'
import { content, listen } from './records.mjs'

const PouchDB = PouchDBBase.plugin(memory).plugin(httpAdapter).plugin(mapReduce).plugin(replication).defaults({
  adapter: 'memory',
})
const { all, day } = content(process.argv[2], publish)
const app = express()
app.use('/db', expressPouchDB(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }))
// After the server has taken PouchDB in hand: it knows only what is made from then on.
const database = new PouchDB('records')
await write(all)
listen(http.createServer(app))

async function write(records, deleted = false) {
  const { rows } = await database.allDocs({ keys: records.map(({ id }) => id) })
  const revisions = new Map(rows.filter(({ value }) => value).map(({ id, value }) => [id, { _rev: value.rev }]))
  await database.bulkDocs(
    records.map((record) => ({
      ...record,
      _id: record.id,
      ...revisions.get(record.id),
      ...(deleted ? { _deleted: true } : {}),
    })),
  )
}

async function publish() {
  await write(day.put)
  await write(
    day.withdraw.map((id) => ({ id })),
    true,
  )
}
