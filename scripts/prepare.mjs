import { install, seconds } from './install.mjs'
import { runQuietly, say, StepError } from './shell.mjs'
import { isBuilt } from './stamp.mjs'

/** What people call the bundles. */
export const NAMES = { server: 'Server', web: 'Page', render: 'Rendering' }

/**
 * Makes the package ready to run: dependencies as the lock has them, and the bundles asked for built from the sources
 * as they are. What is there already is left alone, so that a second start is quick.
 * @param {('web' | 'render' | 'server')[]} bundles
 */
export async function prepare(bundles) {
  await install()
  for (const name of bundles.filter((bundle) => !isBuilt(bundle))) await build(name)
}

/** In a process of its own: the build tools' memory is free again when the server runs, and their talk shows only if it matters. */
async function build(name) {
  const start = Date.now()
  const { code, output } = await runQuietly(process.execPath, ['scripts/build.mjs', name])
  if (code !== 0) throw new StepError(`${output.trimEnd()}\n${NAMES[name]} could not be built: see above.`)
  say(`${NAMES[name]} built in ${seconds(start)} s`)
}
