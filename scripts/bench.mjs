import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { install } from './install.mjs'
import { prepare } from './prepare.mjs'
import { fail, inRoot, run, StepError } from './shell.mjs'

/** A folder of bench/ each, with what it needs, and the options it takes. */
const BENCHES = [
  { name: 'first-paint', browser: true, takes: ['--runs'] },
  { name: 'throughput', takes: ['--runs'] },
  { name: 'ingest', takes: ['--runs'] },
  { name: 'outbox-peers', browser: true, takes: ['--runs', '--n'] },
  { name: 'browser-kills', browser: true, takes: ['--n'] },
  { name: 'search', browser: true, takes: ['--n'] },
  { name: 'sync', browser: true, takes: ['--runs', '--n'] },
  { name: 'faults', takes: ['--steps', '--seed'] },
  { name: 'crowd', takes: ['--n', '--seed'] },
  { name: 'histories', takes: ['--n', '--seed'] },
]
const OPTIONS = [...new Set(BENCHES.flatMap(({ takes }) => takes))]

/** `npm run bench [-- NAME…] [--OPTION N…]`: all benches, or those named. Their tables go to standard output. */
async function main() {
  const { asked, options } = read(process.argv.slice(2))
  const benches = BENCHES.filter(({ name }) => asked.length === 0 || asked.includes(name))

  process.chdir(inRoot())
  await install()
  await install('bench')
  await prepare(['server', 'web', 'render'])
  const env = benches.some((bench) => bench.browser) ? { CHROMIUM_PATH: await findBrowser() } : {}
  for (const { name, takes } of benches) {
    const program = ['--import', 'tsx', `bench/${name}/main.mjs`]
    const own = options.filter(([option]) => takes.includes(option)).flat()
    const code = await run(process.execPath, [...program, ...own], { stdio: 'inherit', env })
    if (code !== 0) throw new StepError(`✗ ${name} failed: see above`)
  }
}

/** The benches asked for, and each option with its number. */
function read(words) {
  const options = []
  const asked = []
  const names = BENCHES.map((bench) => bench.name)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (OPTIONS.includes(word)) {
      at += 1
      if (!/^[1-9]\d*$/.test(words[at] || '')) throw new StepError(`${word} wants a whole number from 1 on.`)
      options.push([word, words[at]])
    } else if (names.includes(word)) asked.push(word)
    else throw new StepError(`There is no benchmark "${word}"; there are ${names.join(', ')}.`)
  }
  return { asked, options }
}

main().catch(fail)
