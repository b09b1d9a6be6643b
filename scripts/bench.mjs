import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { install } from './install.mjs'
import { prepare } from './prepare.mjs'
import { fail, inRoot, run, StepError } from './shell.mjs'

/** A folder of bench/ each, with what it needs. */
const BENCHES = [{ name: 'first-paint', browser: true }, { name: 'throughput' }, { name: 'ingest' }]

/** `npm run bench [-- NAME…] [--runs N]`: all benches, or those named. Their tables go to standard output. */
async function main() {
  const { asked, options } = read(process.argv.slice(2))
  const benches = BENCHES.filter(({ name }) => asked.length === 0 || asked.includes(name))

  process.chdir(inRoot())
  await install()
  await install('bench')
  await prepare(['server', 'web', 'render'])
  const env = benches.some((bench) => bench.browser) ? { CHROMIUM_PATH: await findBrowser() } : {}
  for (const { name } of benches) {
    const program = ['--import', 'tsx', `bench/${name}/main.mjs`]
    const code = await run(process.execPath, [...program, ...options], { stdio: 'inherit', env })
    if (code !== 0) throw new StepError(`✗ ${name} failed: see above`)
  }
}

function read(words) {
  const at = words.indexOf('--runs')
  const options = at === -1 ? [] : words.slice(at, at + 2)
  if (at !== -1 && !/^[1-9]\d*$/.test(options[1] || '')) throw new StepError('--runs wants a whole number from 1 on.')
  const asked = words.filter((word, index) => at === -1 || index < at || index > at + 1)
  const names = BENCHES.map((bench) => bench.name)
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no benchmark "${unknown}"; there are ${names.join(', ')}.`)
  return { asked, options }
}

main().catch(fail)
