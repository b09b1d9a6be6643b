import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { ProblemSchema } from '#domain/problem.ts'
import { answerBrokenRequests } from '#server/http/broken-requests.ts'
import { listen } from '#server/http/listen.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function aServer(): Promise<Server> {
  const { server } = await listen(() => new Response('served'), { host: '127.0.0.1', port: 0 })
  servers.push(server)
  return server
}

/** Sends bytes as they are; all that comes back until the connection ends. */
async function say(server: Server, ...pieces: readonly string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('latin1')
  let heard = ''
  socket.on('data', (text: string) => (heard += text))
  for (const piece of pieces) socket.write(piece)
  await once(socket, 'close')
  return heard
}

function problemIn(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  expect(head.toLowerCase()).toContain('cache-control: no-store')
  const { status, type } = v.parse(ProblemSchema, JSON.parse(body))
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  return [status, type.replace('urn:luodi:problem:', '')]
}

it.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400, 'request-malformed'],
  [
    'two lengths',
    'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'request-malformed',
  ],
  ['a path no URL can hold', 'GET /..\\x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400, 'request-malformed'],
  ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'headers-too-large'],
])('answers %s with a problem', async (_what, text, status, name) => {
  expect(problemIn(await say(await aServer(), text))).toEqual([status, name])
})

it('answers a request that never arrives in full with 408', async () => {
  const server = createServer({ requestTimeout: 50, headersTimeout: 50, connectionsCheckingInterval: 10 })
  servers.push(server)
  answerBrokenRequests(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  expect(problemIn(await say(server, 'PUT / HTTP/1.1\r\n'))).toEqual([408, 'request-late'])
})

it('writes nothing into the middle of another answer', async () => {
  const server = createServer(
    (_request, answer) => void answer.writeHead(200, { 'Content-Length': 100 }).write('half of it'),
  )
  servers.push(server)
  answerBrokenRequests(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const heard = await say(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'hello\r\n\r\n')
  expect(heard).not.toContain('problem')
})

it('serves a load balancer that speaks HTTP/1.0 and names no host', async () => {
  expect(await say(await aServer(), 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 [^]*served$/)
})
