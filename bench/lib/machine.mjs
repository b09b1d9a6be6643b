import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'

/** When and on what it was measured, in a line or two. @param {string[]} versions of what took part, as `name 1.2.3` */
export function conditions(versions) {
  const cpus = os.cpus()
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GiB`
  return [
    `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${cpus.length} × ${cpus[0].model.trim()}, ${memory}, ${os.type()} ${os.release()}.`,
    `${[`Node ${process.versions.node}`, ...versions].join(', ')}.`,
  ].join('\n')
}

/** Name and version of a package among bench's own. */
export function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url)
  return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`
}

/** What a browser's program calls itself. */
export function browserVersion(program) {
  return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
