import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { checkBudgets } from './budget.mjs'
import { install, seconds } from './install.mjs'
import { prepare } from './prepare.mjs'
import { fail, inRoot, run, say, StepError, tool } from './shell.mjs'

const shown = { stdio: 'inherit' }
const vitest = (project, env) =>
  tool('vitest/vitest.mjs', ['run', '-c', 'tests/vitest.config.ts', '--project', project], { ...shown, env })
const built = async (...bundles) => {
  await prepare(bundles)
  return 0
}

/** What must pass, in order: the quick and the telling first. Each step answers with an exit code. */
const PHASES = [
  {
    name: 'lint',
    steps: [
      () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'], shown),
      () => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], shown),
    ],
  },
  { name: 'types', steps: [() => run(process.execPath, ['scripts/types.mjs'], shown)] },
  { name: 'node', steps: [() => built('server', 'web', 'render'), (env) => vitest('node', env)] },
  { name: 'phone', browser: true, steps: [(env) => vitest('phone', env)] },
  {
    name: 'journeys',
    browser: true,
    steps: [
      () => built('server', 'web', 'render'),
      () => checkBudgets().then(() => 0),
      (env) =>
        tool('@playwright/test/cli.js', ['test', '-c', 'tests/journeys/playwright.config.ts'], { ...shown, env }),
    ],
  },
]

/** `npm test [-- PHASE…]`: all phases, or those named. Stops at the first that fails. */
async function main() {
  const asked = process.argv.slice(2)
  const names = PHASES.map((phase) => phase.name)
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no phase "${unknown}"; there are ${names.join(', ')}.`)
  const phases = PHASES.filter((phase) => asked.length === 0 || asked.includes(phase.name))

  process.chdir(inRoot())
  await install()
  const env = phases.some((phase) => phase.browser) ? { CHROMIUM_PATH: await findBrowser() } : {}
  if (env.CHROMIUM_PATH) say(`Browser: ${env.CHROMIUM_PATH}`)

  for (const { name, steps } of phases) {
    const start = Date.now()
    for (const step of steps) {
      if ((await step(env)) !== 0) throw new StepError(`✗ ${name} failed after ${seconds(start)} s: see above`)
    }
    say(`✓ ${name} passed in ${seconds(start)} s`)
  }
}

main().catch(fail)
