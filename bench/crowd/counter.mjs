import { once } from 'node:events'
import http from 'node:http'

const agent = new http.Agent({ keepAlive: true })

/**
 * Stands between one edge and the origin, and takes down what passes: nginx does not log what it fetches in the background.
 * @param origin address of the server
 */
export async function startCounter(origin) {
  const seen = []
  const server = http.createServer((request, response) => {
    const asked = { url: request.url, encoding: request.headers['accept-encoding'] ?? '', at: performance.now() }
    const options = { agent, method: request.method, headers: request.headers }
    const forwarded = http.request(new URL(request.url, origin), options, (answer) => {
      seen.push({ ...asked, status: answer.statusCode })
      response.writeHead(answer.statusCode, answer.rawHeaders)
      answer.pipe(response)
    })
    forwarded.on('error', () => response.destroy())
    request.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: server.address().port,
    seen,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
