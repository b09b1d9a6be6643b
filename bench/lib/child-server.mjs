import { fork } from 'node:child_process'
import { once } from 'node:events'

/**
 * Starts a server in a process of its own, as ours is. It says its port once it listens, and ends with this process.
 * @param program its path
 * @param {import('node:child_process').ForkOptions & { args?: string[] }} options with its arguments, if any
 * @param message what it is told first, if anything
 */
export async function startChildServer(program, options, message) {
  const child = fork(program, options.args ?? [], options)
  if (message !== undefined) child.send(message)
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    /** Tells it to go on, and waits until it says that it has. */
    async publish() {
      child.send('publish')
      await once(child, 'message')
    },
    async stop() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
