import './node-version.mjs'
import { spawn } from 'node:child_process'
import readline from 'node:readline'
import { install } from './install.mjs'
import { fail, inRoot, ROOT } from './shell.mjs'
import { stopWithNpm } from './stop-with-npm.mjs'

/** `npm run dev`: the server restarts and the page reloads as the sources change. One address, one Ctrl-C. */
async function main() {
  process.chdir(ROOT)
  await install()
  const { createServer } = await import('vite')
  const page = await createServer({ root: ROOT, logLevel: 'warn' })
  await page.listen()

  const server = spawn(
    process.execPath,
    [inRoot('node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'src/server/main.ts'],
    { stdio: ['ignore', 'pipe', 2] },
  )
  const lines = readline.createInterface({ input: server.stdout })
  // The server's own address would only mislead: the page is at Vite's, which passes the rest on.
  lines.on('line', (line) => line.startsWith('落地 Luodi:') || console.log(line))
  console.log(`落地 Luodi: ${page.resolvedUrls.local[0]}`)

  let asked = false
  const stop = () => {
    asked = true
    server.kill('SIGTERM')
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  stopWithNpm()
  server.once('exit', (code) => page.close().then(() => process.exit(asked || code === null ? 0 : code), fail))
}

main().catch(fail)
