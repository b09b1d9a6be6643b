import { parseArgs } from 'node:util'
import { browserVersion, conditions, versionOf } from '../lib/machine.mjs'
import { contestants } from './contestants.mjs'
import { count } from './count.mjs'
import { makeDice } from './dice.mjs'
import { report } from './report.mjs'
import { ROWS } from './rows.mjs'
import { Stage } from './stage.mjs'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, n: { type: 'string', default: '6' } },
})
const messages = Number(values.runs) * Number(values.n)
const numbers = Array.from({ length: messages }, (_, place) => place + 1)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const all = await contestants()
const results = []
for (const [place, { name, play, only }] of ROWS.entries()) {
  const counts = {}
  for (const contestant of all) {
    if (only !== undefined && only !== contestant.name) continue
    const start = performance.now()
    const seed = place + 1
    const stage = await Stage.open(contestant, seed)
    await play(stage, numbers, makeDice(seed))
    await stage.settle()
    counts[contestant.name] = await count(stage, numbers)
    await stage.close()
    console.error(
      `${name}: ${contestant.name} ${Math.round(performance.now() - start)} ms ${JSON.stringify(counts[contestant.name])}`,
    )
  }
  results.push({ name, counts })
}

console.log(`## Arrives exactly once

${conditions([browserVersion(process.env.CHROMIUM_PATH), versionOf('workbox-background-sync'), versionOf('@tanstack/offline-transactions'), versionOf('@tanstack/db')])}
Each cell: stored / lost / repeated / shown wrong, of the messages submitted. Repeated is counted as each documentation asks: by rows
for Workbox, by idempotency keys for TanStack; in brackets the other way, where it differs.

${report(results)}

—: the peers know no drafts; what two tabs on one draft do is up to the app.
`)
process.exit()
