import { once } from 'node:events'
import http from 'node:http'

/** A page that is its script and nothing else. */
export const HTML =
  '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/page.js"></script>'

/**
 * What a contestant's page comes from: `/` and its scripts, and everything else from its server, if it has one. When that is dead,
 * the connection breaks, as it does without this in between.
 * @param {Record<string, string>} scripts by path; `/page.js` is the page's own
 * @param {() => string} [backend] its server's address, which may change
 */
export async function openSite(scripts, backend) {
  let release = 1
  const server = http.createServer((request, response) => {
    const path = new URL(request.url, 'http://site').pathname
    const script = scripts[path]
    if (script === undefined && path !== '/') {
      if (backend !== undefined) return forward(request, response, backend())
      return response.writeHead(404).end()
    }
    const type = script === undefined ? 'text/html' : 'text/javascript'
    const text = script === undefined ? HTML : `${script}\n/* release ${release} */\n`
    return response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Other bytes for every script, as a new release has. */
    publish: () => void (release += 1),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function forward(request, response, backend) {
  const { method, headers } = request
  const outgoing = http.request(new URL(request.url, backend), { method, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers)
    answer.on('error', () => response.destroy())
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  request.on('close', () => !request.complete && outgoing.destroy())
  request.pipe(outgoing)
}
