import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { install } from './install.mjs'
import { prepare } from './prepare.mjs'
import { fail, inRoot, run, StepError } from './shell.mjs'

/** A folder of bench/ each, with what it needs and the option that says how often. */
const BENCHES = [
  { name: 'first-paint', browser: true, option: '--runs' },
  { name: 'throughput', option: '--runs' },
  { name: 'browser-kills', browser: true, option: '--n' },
]

/** `npm run bench [-- NAME…] [--runs N] [--n N]`: all benches, or those named. Their tables go to standard output. */
async function main() {
  const { asked, options } = read(process.argv.slice(2))
  const benches = BENCHES.filter(({ name }) => asked.length === 0 || asked.includes(name))

  process.chdir(inRoot())
  await install()
  await install('bench')
  await prepare(['server', 'web', 'render'])
  const env = benches.some((bench) => bench.browser) ? { CHROMIUM_PATH: await findBrowser() } : {}
  for (const { name, option } of benches) {
    const program = ['--import', 'tsx', `bench/${name}/main.mjs`]
    const code = await run(process.execPath, [...program, ...(options.get(option) ?? [])], { stdio: 'inherit', env })
    if (code !== 0) throw new StepError(`✗ ${name} failed: see above`)
  }
}

/** The benches asked for, and each option with its number. */
function read(words) {
  const options = new Map()
  const asked = [...words]
  for (const option of new Set(BENCHES.map((bench) => bench.option))) {
    const at = asked.indexOf(option)
    if (at === -1) continue
    const found = asked.splice(at, 2)
    if (!/^[1-9]\d*$/.test(found[1] || '')) throw new StepError(`${option} wants a whole number from 1 on.`)
    options.set(option, found)
  }
  const names = BENCHES.map((bench) => bench.name)
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no benchmark "${unknown}"; there are ${names.join(', ')}.`)
  return { asked, options }
}

main().catch(fail)
