/*
 * A program: the least an HTTP server on Node can do. Answers come over the channel of the process that forked it, are
 * held in memory as they go over the wire, and are found by path (without its query) and by whether brotli is accepted.
 */
import http from 'node:http'

const NOT_FOUND = { status: 404, headers: { 'content-length': '0' }, body: '' }

process.once('message', (answers) => {
  const held = new Map(answers.map((answer) => [`${answer.encoding} ${answer.path}`, answer]))
  const server = http.createServer((request, response) => {
    const query = request.url.indexOf('?')
    const path = query === -1 ? request.url : request.url.slice(0, query)
    const packed = request.headers['accept-encoding']?.includes('br') ? held.get(`br ${path}`) : undefined
    const { status, headers, body } = packed ?? held.get(`identity ${path}`) ?? NOT_FOUND
    response.writeHead(status, headers)
    response.end(body)
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
})
process.once('disconnect', () => process.exit())
