import { parseArgs } from 'node:util'
import { startBare } from '../lib/bare.mjs'
import { measuredArticle, readFeed, startLuodi } from '../lib/luodi.mjs'
import { conditions, versionOf } from '../lib/machine.mjs'
import { cases } from './cases.mjs'
import { CONNECTIONS, load, SECONDS } from '../lib/load.mjs'
import { report } from './report.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const runs = Number(values.runs)

const luodi = await startLuodi()
const { head, records } = await readFeed(luodi.url)
const asked = await cases(luodi.url, { article: measuredArticle(records), head })
const bare = await startBare(asked.map(({ answer }) => answer))

const results = asked.map((one) => ({ ...one, luodi: [], bare: [] }))
console.error('Warming up …')
for (const one of results) for (const { url } of [luodi, bare]) await load(url, one, 1)
for (let run = 0; run < runs; run += 1) {
  for (const one of results) {
    one.luodi.push(await load(luodi.url, one))
    one.bare.push(await load(bare.url, one))
  }
  console.error(`Round ${run + 1} of ${runs} done`)
}

console.log(`## Throughput on loopback

${conditions([versionOf('autocannon')])}
${runs} rounds of ${SECONDS} s each, interleaved, ${CONNECTIONS} connections; median (range). One server process on SQLite, next to a bare
\`node:http\` server that holds the same bytes and headers in memory. Servers and load generator share this machine's processors;
where the bare server is quick, the generator is what limits it.

${report(results)}
`)

await Promise.all([luodi.stop(), bare.stop()])
