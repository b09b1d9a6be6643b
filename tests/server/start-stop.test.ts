import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { freeze } from '../support/letter.ts'
import { ensureServerBundle, type RunningServer, startServer } from '../support/server.ts'

let server: RunningServer
beforeAll(ensureServerBundle)
afterEach(() => server.kill())

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  await once(socket, 'connect')
  return socket.setEncoding('utf8')
}

/** Waits until no new connection is taken. */
async function closedToNew(): Promise<void> {
  for (;;) {
    try {
      ;(await open()).destroy()
    } catch {
      return
    }
    await pause(10)
  }
}

/** The beginning of an inquiry whose last byte has not come yet. */
async function half(): Promise<{ socket: Socket; rest: Uint8Array }> {
  const { submissionId, headers, bytes } = freeze()
  const socket = await open()
  const lines = Object.entries({
    Host: 'localhost',
    Connection: 'keep-alive',
    'Content-Length': bytes.length,
    ...headers,
  })
  socket.write(
    `PUT /api/inquiries/${submissionId} HTTP/1.1\r\n${lines.map(([k, value]) => `${k}: ${value}\r\n`).join('')}\r\n`,
  )
  socket.write(bytes.subarray(0, -1))
  return { socket, rest: bytes.subarray(-1) }
}

it('finishes the request in flight when asked to stop, and leaves with 0', async () => {
  server = await startServer({ env: { CONTENT: 'none' } })
  const { socket, rest } = await half()
  // Answered after the half one was begun, so the server has that one in hand; and this connection stays open, idle.
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const stopped = server.stop()
  await closedToNew()
  socket.write(rest)
  const [answer] = (await once(socket, 'data')) as [string]
  expect(answer).toMatch(/^HTTP\/1\.1 201 /)
  expect(await stopped).toBe(0)
})

it('takes the echo of one Ctrl-C, from terminal and npm, for one', async () => {
  server = await startServer({ env: { CONTENT: 'none' } })
  const { socket, rest } = await half()
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  // Two signals of one kind could reach the process as one.
  server.process.kill('SIGINT')
  server.process.kill('SIGTERM')
  await closedToNew()
  socket.write(rest)
  expect(await once(server.process, 'exit')).toEqual([0, null])
})

it('leaves at once when it is told a second time', async () => {
  server = await startServer({ env: { CONTENT: 'none' } })
  await half()
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const gone = once(server.process, 'exit')
  const began = performance.now()
  const insist = setInterval(() => server.process.kill('SIGINT'), 100)
  const [code] = (await gone) as [number | null]
  clearInterval(insist)
  expect(code).toBe(1)
  expect(performance.now() - began).toBeLessThan(5_000)
})
