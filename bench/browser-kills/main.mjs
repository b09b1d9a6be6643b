import { parseArgs } from 'node:util'
import { killBrowsers } from '../../tests/support/browser-kills.ts'
import { anySeed, diceOf } from '../../tests/support/dice.ts'
import { openNetwork } from '../../tests/support/network.ts'
import { startLuodi } from '../lib/luodi.mjs'
import { browserVersion, conditions } from '../lib/machine.mjs'
import { report } from './report.mjs'

const { values } = parseArgs({ options: { n: { type: 'string', default: '200' } } })
const rounds = Number(values.n)
const seed = anySeed()

const luodi = await startLuodi()
const network = await openNetwork(() => luodi.url)
const started = performance.now()
const result = await killBrowsers(rounds, diceOf(seed), { network, server: luodi }, (round) => {
  if ((round + 1) % 10 === 0) console.error(`Round ${round + 1} of ${rounds} done`)
})
const seconds = Math.round((performance.now() - started) / 1000)

console.log(`## Browser kills

${conditions([browserVersion(process.env.CHROMIUM_PATH)])}
${rounds} rounds in ${seconds} s, \`SEED=${seed}\`. Each: submit, SIGKILL to all of the browser's processes after the screen said that the request is kept,
open again on the same profile.

${report(rounds, result)}
`)

await network.close()
await luodi.stop()
// What was promised is not a matter of degree: a run that lost one has failed.
if (result.lost + result.twice > 0 || result.acknowledged !== rounds) process.exitCode = 1
