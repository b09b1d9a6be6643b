import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { fail, inRoot, ROOT } from './shell.mjs'

/** How often to look whether npm is still there, in milliseconds. */
const LOOK_MS = 250

/** `npm start`: installs and builds what is missing, then becomes the server. Being one process, it gets every signal itself. */
async function main() {
  process.chdir(ROOT)
  await prepare(['server', 'web'])
  process.setSourceMapsEnabled(true)
  if (process.env.npm_lifecycle_event !== undefined) stopWithNpm()
  await import(pathToFileURL(inRoot('dist', 'server', 'main.js')).href)
}

/** `kill` of npm ends npm and the shell it started us with, which does not pass the signal on: we would be left running. */
function stopWithNpm() {
  const parent = process.ppid
  const look = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(look, LOOK_MS).unref()
}

main().catch(fail)
