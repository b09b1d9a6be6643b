import './node-version.mjs'
import os from 'node:os'
import { fail, StepError, tool } from './shell.mjs'

/** Every TypeScript project and the compiler that reads it: only vue-tsc sees into .vue files. */
const PROJECTS = [
  ['src/app', 'vue-tsc'],
  ['tests', 'vue-tsc'],
  ['src/server', 'tsc'],
  ['src/ingest', 'tsc'],
  ['src/domain', 'tsc'],
  ['src/sw', 'tsc'],
]
const COMPILERS = { tsc: 'typescript/bin/tsc', 'vue-tsc': 'vue-tsc/bin/vue-tsc.js' }

/** `npm run types`: checks all projects, as many at a time as there are processors, and shows every project's errors. */
async function main() {
  const queue = [...PROJECTS]
  const failed = []
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [project, compiler] = next
      const memory = `node_modules/.cache/luodi/${project.replace('/', '-')}.tsbuildinfo`
      const args = ['-p', project, '--incremental', '--tsBuildInfoFile', memory]
      if ((await tool(COMPILERS[compiler], args, { stdio: 'inherit' })) !== 0) failed.push(project)
    }
  }
  await Promise.all(os.cpus().map(work))
  if (failed.length > 0) throw new StepError(`Types do not fit in ${failed.join(', ')}: see above.`)
}

main().catch(fail)
