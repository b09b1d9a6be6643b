import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../src/server/db/open.ts'
import { exportRecords } from '../../src/server/feed/store.ts'
import { dayOfChanges } from '../../src/server/synthetic/day-of-changes.ts'
import { temporaryFolder } from '../../tests/support/server.ts'
import { nginxVersion } from '../crowd/edges.mjs'
import { openPublisher } from '../crowd/publisher.mjs'
import { browserVersion, conditions, versionOf } from '../lib/machine.mjs'
import { spread } from '../lib/statistics.mjs'
import { contestants } from './contestants.mjs'
import { openings } from './opening.mjs'
import { figures, targets } from './report.mjs'
import { SLOWER, tasksOf } from './tasks.mjs'
import { visit } from './visit.mjs'

const FEW = 100
const CHANGES = 20

const { values } = parseArgs({
  options: { n: { type: 'string', default: '10000' }, runs: { type: 'string', default: '3' } },
})
const count = Number(values.n)
const runs = Number(values.runs)
const say = (text) => console.error(text)

say(`Publishing ${count} records …`)
const dataDir = temporaryFolder()
const publisher = await openPublisher(dataDir, count)
await publisher.close()
const database = await openDatabase({ dataDir })
const all = await exportRecords(database)
await database.close()
const file = join(temporaryFolder(), 'content.json')
writeFileSync(file, JSON.stringify({ all, day: dayOfChanges({ seed: 1, count, changes: CHANGES, day: 1 }) }))

const results = (await contestants({ dataDir, count, file })).map((one) => ({ ...one, runs: [], slow: [] }))
for (let run = 0; run < runs; run += 1) {
  for (const one of results) {
    one.runs.push(await visit(one))
    say(`Run ${run + 1} of ${runs}: ${one.name} ${JSON.stringify(one.runs.at(-1))}`)
  }
}
for (let run = 0; run < runs; run += 1) {
  for (const one of results) {
    one.slow.push(await tasksOf(one))
    say(`Slowed, run ${run + 1} of ${runs}: ${one.name} ${JSON.stringify(one.slow.at(-1))}`)
  }
}
say('Opening phones …')
const opened = await openings([FEW, count], Math.max(5, runs))
const written = opened.map((times) => spread(times, (ms) => String(Math.round(ms))))

console.log(`## Sync

${conditions([browserVersion(process.env.CHROMIUM_PATH), versionOf('pouchdb-browser'), versionOf('express-pouchdb'), versionOf('rxdb')])}
${count} invented records with texts, ${runs} runs in turn on loopback, a new browser each; median (range). Tasks are looked at in runs of
their own with the page's thread slowed ${SLOWER}×, the longest of each run. ${nginxVersion() === undefined ? 'There is no nginx: a relay stands before all servers, and no cache.' : `All come through nginx ${nginxVersion()}, Luodi from a warm cache of it.`} (a) is the same content as one answer, packed alike, and one write to IndexedDB.
(b) replicates from express-pouchdb with its storage in memory, whose answers are not packed; (c) pulls from an endpoint as its documentation has it.

### First fill

${figures(results, 'fill')}

### A day later: ${CHANGES} changes

${figures(results, 'change')}

### Opening the app again

From the start of the navigation until the list of articles stands there, no network, the page's thread slowed ${SLOWER}×: ${written[1]} ms with ${count} records on
the phone, ${written[0]} ms with ${FEW}.

### Targets

${targets(results, opened)}
`)
process.exit()
