import { parseArgs } from 'node:util'
import { startLocalPostgres } from '../../tests/support/local-postgres.ts'
import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { conditions, versionOf } from '../lib/machine.mjs'
import { startBareIngest } from './bare.mjs'
import { freshDatabase } from '../lib/fresh-database.mjs'
import { CONNECTIONS, load, SECONDS, WARM_UP_SECONDS } from './load.mjs'
import { report } from './report.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } })
const runs = Number(values.runs)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const postgres = await startLocalPostgres({ durable: true })
const databases = [{ name: 'SQLite', settings: () => ({}) }]
if ('missing' in postgres) console.error(`Without PostgreSQL: ${postgres.missing}`)
else databases.push({ name: postgres.version, settings: () => freshDatabase(postgres.url) })

const results = []
for (const { name, settings } of databases) {
  const own = async (env) => ({ DATA_DIR: temporaryFolder(), ...(await settings()), ...env })
  const contestants = {
    luodi: await startServer({ env: await own({ CONTENT: 'none', LOG_LEVEL: 'info', TRUST_PROXY: '1' }) }),
    groups: await startBareIngest(await own({ WAY: 'groups' })),
    layer: await startBareIngest(await own({ WAY: 'layer' })),
    driver: await startBareIngest(await own({ WAY: 'driver' })),
  }
  const names = Object.keys(contestants)
  const rounds = Object.fromEntries(names.map((each) => [each, []]))
  for (const each of names) await load(contestants[each].url, WARM_UP_SECONDS)
  for (let run = 0; run < runs; run += 1) {
    // Each is in every place in turn.
    for (const place of names.keys()) {
      const each = names[(run + place) % names.length]
      rounds[each].push(await load(contestants[each].url))
    }
    console.error(`${name}: round ${run + 1} of ${runs} done`)
  }
  for (const contestant of Object.values(contestants)) await contestant.stop()
  results.push({ name, rounds })
}
if ('stop' in postgres) await postgres.stop()

console.log(`## Taking requests in, on loopback

${conditions([versionOf('autocannon')])}
${runs} rounds of ${SECONDS} s each, interleaved, ${CONNECTIONS} connections; median (range). \`PUT /api/inquiries/{id}\`, each with its own id
and body, each committed to the disk before it is answered. Servers, database and load generator share this machine's processors.

${report(results)}
`)
