import Libsql from 'libsql'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { numberIn } from './in-page/message.mjs'

const PEER_PROGRAM = fileURLToPath(new URL('peer-server.mjs', import.meta.url))

/**
 * A server that can be killed and started again, and what it has stored: the number of each message, with its key.
 * @typedef {{ url: string, kill: () => Promise<void>, restart: () => Promise<void>, stop: () => Promise<unknown>,
 *   stored: () => { nr: number, key: string }[] }} Backend
 */

/** Our built server. @returns {Promise<Backend>} */
export async function startOurs() {
  const server = await startServer({ env: { CONTENT: 'none', LOG_LEVEL: 'silent' } })
  const query = 'select body, submission_id as key from inquiry'
  return Object.assign(Object.create(server), { stored: () => rows(join(server.dataDir, 'luodi.db'), query) })
}

/** The peers' server. @returns {Promise<Backend>} */
export async function startPeers() {
  const file = join(temporaryFolder(), 'peers.db')
  let { child, port } = await launch(file, 0)
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    get url() {
      return `http://127.0.0.1:${port}`
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    restart: async () => void ({ child, port } = await launch(file, port)),
    stored: () => rows(file, 'select body, key from arrival'),
  }
}

async function launch(file, wanted) {
  const child = fork(PEER_PROGRAM, [file, String(wanted)], { execArgv: [] })
  const [port] = await once(child, 'message')
  return { child, port }
}

function rows(file, query) {
  const database = new Libsql(file, { readonly: true })
  try {
    const text = (body) => (typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))
    return database
      .prepare(query)
      .all()
      .map(({ body, key }) => ({ nr: numberIn(text(body)), key }))
  } finally {
    database.close()
  }
}
