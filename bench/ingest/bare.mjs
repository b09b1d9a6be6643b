import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('bare-ingest.mjs', import.meta.url))

/** Starts the limit, in a process of its own as our server is. It ends with this process. @param env its settings */
export async function startBareIngest(env) {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env } })
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
