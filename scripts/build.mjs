import './node-version.mjs'
import { install } from './install.mjs'
import { build, prepare } from './prepare.mjs'
import { fail, StepError } from './shell.mjs'

const BUNDLES = ['server', 'web']

const IF_CHANGED = '--if-changed'

/** `npm run build [-- server|web] [--if-changed]`: builds both or one, whatever dist/ holds unless told otherwise. */
async function main() {
  const asked = process.argv.slice(2).filter((word) => word !== IF_CHANGED)
  const unknown = asked.find((name) => !BUNDLES.includes(name))
  if (unknown !== undefined) throw new StepError(`There is no bundle "${unknown}"; there are ${BUNDLES.join(', ')}.`)
  const bundles = asked.length > 0 ? asked : BUNDLES
  if (process.argv.includes(IF_CHANGED)) return prepare(bundles)
  await install()
  for (const name of bundles) await build(name)
}

main().catch(fail)
