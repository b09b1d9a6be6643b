/*
 * A program: the limit of taking requests in. The same framework, the same driver, the same three rows in a durable
 * transaction as our server, and nothing else: no schema, no digest, no limits, no log. What our server works out
 * (digest, key hash, due date) stands here as what the request says, or as a constant of the same length.
 * Its settings are those of our server: DATA_DIR, DATABASE_URL, and WAY: `groups` or `layer` (through our database layer, in
 * groups as our server does or each by itself), or `driver`.
 */
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { migrate } from '../../src/server/db/migrate.ts'
import { openDatabase } from '../../src/server/db/open.ts'
import { throughDriver } from './through-driver.mjs'
import { throughGroups } from './through-groups.mjs'
import { throughLayer } from './through-layer.mjs'

const KEY_HASH = '0'.repeat(64)
const DAY_MS = 86_400_000
const { DATA_DIR: dataDir, DATABASE_URL: url, WAY } = process.env

const database = await openDatabase({ dataDir, ...(url === undefined ? {} : { url }) })
await migrate(database)
const WAYS = { groups: throughGroups, layer: throughLayer, driver: () => throughDriver({ dataDir, url }) }
const store = WAYS[WAY](database)

const app = new Hono()
app.put('/api/inquiries/:id', async (c) => {
  const id = c.req.param('id')
  const body = Buffer.from(await c.req.arrayBuffer())
  const now = Date.now()
  const digest = c.req.header('content-digest')
  const receiptNo = randomBytes(6).toString('hex')
  const receivedAt = new Date(now).toISOString()
  const replyDueAt = new Date(now + DAY_MS).toISOString()
  const receipt = JSON.stringify({ submissionId: id, receiptNo, receivedAt, replyDueAt, digest })
  await store({ id, body, digest, keyHash: KEY_HASH, now, dueAt: now + DAY_MS, receiptNo, receipt })
  return c.body(receipt, 201, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
})

const answer = getRequestListener(app.fetch, { hostname: 'localhost' })
const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => process.send(server.address().port))
process.once('disconnect', () => process.exit())
