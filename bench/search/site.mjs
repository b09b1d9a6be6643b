import { once } from 'node:events'
import http from 'node:http'

const HTML = '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/page.js"></script>'

/** Serves a page and its scripts, by path, on loopback. @param {Record<string, string>} scripts */
export async function openSite(scripts) {
  const server = http.createServer((request, response) => {
    const script = scripts[request.url]
    const type = script === undefined ? 'text/html' : 'text/javascript'
    response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
      .end(script ?? HTML)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
