import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { bundleUrl, stepUrl } from '../../src/domain/feed-v2.ts'
import { ask } from '../lib/answer.mjs'
import { load, CONNECTIONS, SECONDS } from '../lib/load.mjs'
import { readFeed } from '../lib/luodi.mjs'
import { conditions, versionOf } from '../lib/machine.mjs'
import { table } from '../lib/table.mjs'
import { atOrigin } from './at-origin.mjs'
import { startCounter } from './counter.mjs'
import { nginxVersion, startEdge } from './edges.mjs'
import { paper } from './paper.mjs'
import { Phones } from './phones.mjs'
import { openPublisher } from './publisher.mjs'
import { report } from './report.mjs'

const RECORDS = 1000
const EDGES = 3
/** Long enough for the head to run out three times. */
const DURATION_MS = 100_000
const PUBLISH_EVERY_MS = 7_000

const { values } = parseArgs({
  options: { n: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const wanted = Number(values.n)

const dataDir = temporaryFolder()
console.error(`Publishing ${RECORDS} records …`)
const publisher = await openPublisher(dataDir, RECORDS)
const luodi = await startServer({ dataDir, env: { CONTENT: 'none', LOG_LEVEL: 'silent', TRUST_PROXY: '1' } })

const nginx = nginxVersion()
const crowd =
  nginx === undefined
    ? 'No nginx here, so that nothing was asked through a cache. On Debian: `apt-get install nginx-light`.'
    : await runCrowd()

/** Phones open evenly over the time, whether those before have been answered or not. */
async function runCrowd() {
  const edges = []
  for (let n = 0; n < EDGES; n += 1) {
    const counter = await startCounter(luodi.url)
    edges.push({ counter, ...(await startEdge(temporaryFolder(), counter.port)) })
  }
  const phones = new Phones(edges, Number(values.seed))
  const opening = []
  const start = performance.now()
  let published = 0
  for (let n = 0; n < wanted; n += 1) {
    const at = (n / wanted) * DURATION_MS
    if (at >= (published + 1) * PUBLISH_EVERY_MS) {
      published += 1
      opening.push(publisher.publish())
    }
    const wait = start + at - performance.now()
    if (wait > 0) await sleep(wait)
    opening.push(phones.open())
  }
  await Promise.all(opening)
  const seconds = (performance.now() - start) / 1000
  const results = edges.map(({ counter }) => ({ seen: atOrigin(counter.seen) }))
  for (const { counter, stop } of edges) {
    await stop()
    counter.stop()
  }
  if (phones.failed > 0 || results.some(({ seen }) => !seen.isKept)) process.exitCode = 1
  return report({ phones, edges: results, seconds, publications: published })
}

await publisher.publish()
const { head } = await readFeed(luodi.url)
const { epoch, head: newest, segmentSize, stepSize, list } = head
const paths = {
  'head.json': '/sync/v2/head.json',
  step: stepUrl(epoch, Math.floor(newest / stepSize) - 1),
  list: list.url,
  bundle: bundleUrl(epoch, 0),
}
const alone = []
for (const [name, path] of Object.entries(paths)) {
  const one = { name, path, encoding: 'br', answer: await ask(luodi.url, path, 'br') }
  await load(luodi.url, one, 1)
  alone.push({ ...one, ...(await load(luodi.url, one)) })
}
const [sizeOfHead, step, sizeOfList, bundle] = alone.map(({ answer }) => answer.body.length)

console.log(`## Crowd

${conditions([versionOf('autocannon'), `nginx ${nginx ?? 'missing'}`])}
${RECORDS} invented records, ${EDGES} edges on docs/nginx-cache.conf, each with a cache of its own, all on loopback and on this machine's processors.

${crowd}

One server process with no cache in front, ${CONNECTIONS} connections, ${SECONDS} s each:

${table(
  ['', 'bytes, brotli', 'req/s', 'p50 / p99, ms'],
  alone.map(({ name, answer, rate, p50, p99 }) => [
    name,
    String(answer.body.length),
    String(Math.round(rate)),
    `${p50} / ${p99}`,
  ]),
)}

On paper, with these sizes:

${paper({ head: sizeOfHead, step, list: sizeOfList, bundle, bundles: Math.ceil(newest / segmentSize) })}
`)
await publisher.close()
await luodi.stop()
