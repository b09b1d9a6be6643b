import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('bare-server.mjs', import.meta.url))

/**
 * Starts a bare Node server, in a process of its own as ours is, that holds these answers. It ends with this process.
 * @param {import('./answer.mjs').Answer[]} answers
 */
export async function startBare(answers) {
  const child = fork(PROGRAM, { serialization: 'advanced', execArgv: [] })
  child.send(answers)
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
