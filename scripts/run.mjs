import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { COMMANDS, fail, inRoot, ROOT, StepError } from './shell.mjs'

/** `npm run content -- …`, `npm run inquiries -- …`: makes the server's bundle ready, then becomes the command. */
async function main() {
  const [command, ...args] = process.argv.slice(2)
  if (!COMMANDS.includes(command))
    throw new StepError(`There is no command "${command}"; there are ${COMMANDS.join(', ')}.`)
  // Files are named from where the person stands; npm says where that was.
  process.env.INIT_CWD = process.env.INIT_CWD || process.cwd()
  process.chdir(ROOT)
  await prepare(['server'])
  process.setSourceMapsEnabled(true)
  const file = inRoot('dist', 'server', `${command}.js`)
  process.argv = [process.argv[0], file, ...args]
  await import(pathToFileURL(file).href)
}

main().catch(fail)
