import './node-version.mjs'
import { install } from './install.mjs'
import { build } from './prepare.mjs'
import { fail, StepError } from './shell.mjs'

const BUNDLES = ['server', 'web']

/** `npm run build [server|web]`: builds whatever dist/ holds already. */
async function main() {
  const asked = process.argv.slice(2)
  const unknown = asked.find((name) => !BUNDLES.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no bundle "${unknown}"; there are ${BUNDLES.join(', ')}.`)
  await install()
  for (const name of asked.length > 0 ? asked : BUNDLES) await build(name)
}

main().catch(fail)
