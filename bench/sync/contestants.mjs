import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { openPublisher } from '../crowd/publisher.mjs'
import { scriptsFrom } from '../lib/bundle.mjs'
import { startChildServer } from '../lib/child-server.mjs'
import { openFront } from './front.mjs'

const bundle = scriptsFrom(new URL('in-page', import.meta.url))

/**
 * Who takes part: page and server, with the content, that are started anew for each run; the server can publish a day's changes.
 * @param {{ dataDir: string, count: number, file: string }} content Luodi's own data, and the same for the others
 */
export async function contestants({ dataDir, count, file }) {
  const pages = { luodi: await bundle('luodi') }
  for (const name of ['limit', 'pouchdb', 'rxdb']) pages[name] = await bundle(name)
  const other = (name, title) => ({ name, title, start: () => startOther(name, pages[name], file) })
  return [
    { name: 'luodi', title: 'Luodi', start: () => startLuodi(pages.luodi, dataDir, count) },
    other('limit', '(a) one fetch, one write'),
    other('pouchdb', '(b) PouchDB'),
    other('rxdb', '(c) RxDB'),
  ]
}

async function startLuodi(page, original, count) {
  const dataDir = temporaryFolder()
  cpSync(original, dataDir, { recursive: true })
  const publisher = await openPublisher(dataDir, count)
  const server = await startServer({ dataDir, env: { CONTENT: 'none', LOG_LEVEL: 'silent', TRUST_PROXY: '1' } })
  const front = await openFront(page, server.url, { hasCache: true })
  return {
    url: front.url,
    /** A cache may answer with an old head for 30 s: what is new is asked for through one that knows nothing. */
    async publish() {
      await publisher.publish()
      await front.forget()
    },
    async stop() {
      await front.stop()
      await server.stop()
      await publisher.close()
    },
  }
}

async function startOther(name, page, file) {
  const program = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url))
  const server = await startChildServer(program, { execArgv: ['--import', 'tsx'], args: [file] })
  const front = await openFront(page, server.url, { hasCache: false })
  return {
    url: front.url,
    publish: server.publish,
    async stop() {
      await front.stop()
      await server.stop()
    },
  }
}
