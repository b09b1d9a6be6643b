import './node-version.mjs'
import { checkBudgets } from './budget.mjs'
import { install, seconds } from './install.mjs'
import { NAMES, prepare } from './prepare.mjs'
import { fail, say, StepError } from './shell.mjs'

const BUNDLES = Object.keys(NAMES)
const IF_CHANGED = '--if-changed'

/** `npm run build [-- server|web|render] [--if-changed]`: builds all or those named, whatever dist/ holds unless told otherwise. */
async function main() {
  const asked = process.argv.slice(2).filter((word) => word !== IF_CHANGED)
  const unknown = asked.find((name) => !BUNDLES.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no bundle "${unknown}"; there are ${BUNDLES.join(', ')}.`)
  const bundles = asked.length > 0 ? asked : BUNDLES
  if (process.argv.includes(IF_CHANGED)) return prepare(bundles)
  await install()
  const { bundle } = await import('./bundle.mjs')
  for (const name of bundles) {
    const start = Date.now()
    await bundle(name)
    say(`${NAMES[name]} built in ${seconds(start)} s`)
  }
  if (asked.length === 0) await checkBudgets()
}

main().catch(fail)
