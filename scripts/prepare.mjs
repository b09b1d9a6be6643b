import { install, seconds } from './install.mjs'
import { say } from './shell.mjs'
import { isBuilt } from './stamp.mjs'

const NAMES = { web: 'Page', server: 'Server' }

/**
 * Makes the package ready to run: dependencies as the lock has them, and the bundles asked for built from the sources
 * as they are. What is there already is left alone, so that a second start is quick.
 * @param {('web' | 'server')[]} bundles
 */
export async function prepare(bundles) {
  await install()
  for (const name of bundles.filter((bundle) => !isBuilt(bundle))) await build(name)
}

/** Builds one bundle and says how long it took. */
export async function build(name) {
  const start = Date.now()
  const { bundle } = await import('./bundle.mjs')
  await bundle(name)
  say(`${NAMES[name]} built in ${seconds(start)} s`)
}
