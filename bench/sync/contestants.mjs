import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { nginxVersion, startEdge } from '../crowd/edges.mjs'
import { openPublisher } from '../crowd/publisher.mjs'
import { bundleFrom } from '../lib/bundle.mjs'
import { startChildServer } from '../lib/child-server.mjs'

const bundle = bundleFrom(new URL('in-page', import.meta.url))

/**
 * Who takes part: a page, and a server with the content that is started anew for each run, and can publish a day's changes.
 * @param {{ dataDir: string, count: number, file: string }} content Luodi's own data, and the same for the others
 */
export async function contestants({ dataDir, count, file }) {
  return [
    { name: 'luodi', title: 'Luodi', page: await bundle('luodi'), start: () => startLuodi(dataDir, count) },
    {
      name: 'limit',
      title: '(a) one fetch, one write',
      page: await bundle('limit'),
      start: () => startOther('limit', file),
    },
    { name: 'pouchdb', title: '(b) PouchDB', page: await bundle('pouchdb'), start: () => startOther('pouchdb', file) },
    { name: 'rxdb', title: '(c) RxDB', page: await bundle('rxdb'), start: () => startOther('rxdb', file) },
  ]
}

/** The server behind a cache, as `docs/` has it, where there is an nginx. */
async function startLuodi(original, count) {
  const dataDir = temporaryFolder()
  cpSync(original, dataDir, { recursive: true })
  const publisher = await openPublisher(dataDir, count)
  const server = await startServer({ dataDir, env: { CONTENT: 'none', LOG_LEVEL: 'silent', TRUST_PROXY: '1' } })
  const edge = nginxVersion() === undefined ? undefined : await startEdge(temporaryFolder(), new URL(server.url).port)
  let url = edge?.url ?? server.url
  return {
    url: () => url,
    /** An edge may answer with an old head for 30 s: what is new is asked for at the server itself. */
    async publish() {
      await publisher.publish()
      url = server.url
    },
    async stop() {
      await edge?.stop()
      await server.stop()
      await publisher.close()
    },
  }
}

async function startOther(name, file) {
  const program = fileURLToPath(new URL(`servers/${name}.mjs`, import.meta.url))
  const { url, ...server } = await startChildServer(program, { execArgv: ['--import', 'tsx'], args: [file] })
  return { url: () => url, ...server }
}
