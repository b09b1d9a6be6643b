import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'
import { fail, inRoot, ROOT } from './shell.mjs'
import { stopWithNpm } from './stop-with-npm.mjs'

/** `npm start`: installs and builds what is missing, then becomes the server. Being one process, it gets every signal itself. */
async function main() {
  process.chdir(ROOT)
  await prepare(['server', 'web', 'render'])
  process.setSourceMapsEnabled(true)
  stopWithNpm()
  await import(pathToFileURL(inRoot('dist', 'server', 'main.js')).href)
}

main().catch(fail)
