import { createServer, type IncomingHttpHeaders, request as forward } from 'node:http'
import { type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'

/** What stands in the way of one request. */
export type Fault =
  /** The connection breaks before the server hears of it. */
  | { kind: 'refuse' }
  /** The request stands on its way until the promise resolves; then the server hears of it. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** The server answers, and the answer is lost on the way. */
  | { kind: 'loseAnswer' }
  /** Somebody else answers: a captive portal, a proxy. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** The server's answer arrives with another body. */
  | { kind: 'rewrite'; body: (text: string) => string }
  /** The request takes so many ms to get through. */
  | { kind: 'delay'; ms: number }
  /** The connection breaks when the server has so many bytes of the body, whose length it knows. */
  | { kind: 'cutRequest'; after: number }
  /** The server answers, and the connection breaks when the phone has so many bytes of the answer's body. */
  | { kind: 'cutAnswer'; after: number }
  /** Nobody ever answers, and the connection stays. */
  | { kind: 'silence' }
  /** Something happens when the server has half of the body; then the rest follows. */
  | { kind: 'halfway'; then: () => void }

export interface Passed {
  method: string
  path: string
  /** Path of what sent it, a page or `/sw.js`: the Referer. Undefined when it came with none. */
  from?: string
  /** What the phone got to see; undefined when it saw no answer. */
  status?: number
  answer?: string
  body: Buffer
}

type Rule = { method: string; path: RegExp; fault: Fault; times: number; when?: (entry: Passed) => boolean }

/** A network between a phone and the server, whose faults a test chooses. */
export interface Network {
  readonly url: string
  readonly passed: Passed[]
  /** Lets a fault befall the next `times` requests that match (for ever unless given), of those for which `when` holds. */
  fail(method: string, path: RegExp, fault: Fault, times?: number, when?: (entry: Passed) => boolean): void
  /** No signal: every connection breaks, and new ones with it. */
  cut(): void
  /** Takes all faults away. */
  heal(): void
  /** Nobody listens at the address any more: connections are refused until `up`. */
  down(): Promise<void>
  up(): Promise<void>
  close(): Promise<void>
}

/** Opens a network in front of a server. */
export async function openNetwork(target: () => string): Promise<Network> {
  const passed: Passed[] = []
  let rules: Rule[] = []
  const sockets = new Set<Socket>()

  function faultFor(entry: Passed): Fault | undefined {
    const { method, path } = entry
    const rule = rules.find(
      ({ times, when, ...each }) =>
        times > 0 && each.method === method && each.path.test(path) && (when?.(entry) ?? true),
    )
    if (rule !== undefined) rule.times -= 1
    return rule?.fault
  }

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const { method = 'GET', url: path = '/' } = incoming
      const { referer } = incoming.headers
      const from = referer === undefined ? {} : { from: new URL(referer).pathname }
      const entry: Passed = { method, path, ...from, body: Buffer.concat(chunks) }
      passed.push(entry)
      const fault = faultFor(entry)
      if (fault?.kind === 'refuse') return incoming.socket.destroy()
      if (fault?.kind === 'answer') {
        entry.status = fault.status
        entry.answer = fault.body ?? ''
        return outgoing.writeHead(fault.status, fault.headers).end(fault.body)
      }
      if (fault?.kind === 'silence') return undefined
      if (fault?.kind === 'hold') await fault.until
      if (fault?.kind === 'delay') await setTimeout(fault.ms)
      const answer = await pass(target(), entry, incoming.headers, fault)
      if (answer === undefined || fault?.kind === 'loseAnswer') return incoming.socket.destroy()
      const body = fault?.kind === 'rewrite' ? Buffer.from(fault.body(answer.body.toString('utf8'))) : answer.body
      const { 'transfer-encoding': chunked, connection, ...headers } = answer.headers
      outgoing.writeHead(answer.status, { ...headers, 'content-length': String(body.length) })
      if (fault?.kind === 'cutAnswer') {
        return outgoing.write(body.subarray(0, fault.after), () => incoming.socket.destroy())
      }
      entry.status = answer.status
      entry.answer = body.toString('utf8')
      return outgoing.end(body)
    })().catch(() => incoming.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const end = async () => {
    for (const socket of sockets) socket.destroy()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    fail: (method, path, fault, times = Infinity, when = () => true) =>
      void rules.push({ method, path, fault, times, when }),
    cut() {
      rules = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].map((method) => ({
        method,
        path: /^/,
        fault: { kind: 'refuse' },
        times: Infinity,
      }))
      for (const socket of sockets) socket.destroy()
    },
    heal: () => void (rules = []),
    down: end,
    up: () => listen(port),
    close: end,
  }
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/**
 * Asks the server for the whole body, plain, so that a test can read and change it.
 * @returns undefined when the request was cut on its way
 */
function pass(
  target: string,
  entry: Passed,
  headers: IncomingHttpHeaders,
  fault: Fault | undefined,
): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const { 'accept-encoding': encoding, 'if-none-match': known, ...kept } = headers
    const outgoing = forward(`${target}${entry.path}`, { method: entry.method, headers: kept }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.once('error', reject)
    if (fault?.kind === 'cutRequest') {
      outgoing.write(entry.body.subarray(0, fault.after), () => {
        outgoing.destroy()
        resolve(undefined)
      })
    } else if (fault?.kind === 'halfway') {
      const half = entry.body.length >> 1
      outgoing.write(entry.body.subarray(0, half), () => {
        fault.then()
        outgoing.end(entry.body.subarray(half))
      })
    } else outgoing.end(entry.body)
  })
}
