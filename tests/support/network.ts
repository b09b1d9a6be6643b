import { createServer, type IncomingHttpHeaders, request as forward } from 'node:http'
import { type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/** What stands in the way of one request. */
export type Fault =
  /** The connection breaks before the server hears of it. */
  | { kind: 'refuse' }
  /** The request stands on its way until the promise resolves; then the server hears of it. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** Half of the body reaches the server, then the connection breaks on both sides. */
  | { kind: 'cutBody' }
  /** The server answers, and the answer is lost on the way. */
  | { kind: 'loseAnswer' }
  /** Somebody else answers: a captive portal, a proxy. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string }
  /** The server's answer arrives with another body. */
  | { kind: 'rewrite'; body: (text: string) => string }

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
      if (fault?.kind === 'hold') await fault.until
      if (fault?.kind === 'cutBody') {
        await passHalf(target(), entry, incoming.headers)
        return incoming.socket.destroy()
      }
      const answer = await pass(target(), entry, incoming.headers)
      if (fault?.kind === 'loseAnswer') return incoming.socket.destroy()
      const body = fault?.kind === 'rewrite' ? Buffer.from(fault.body(answer.body.toString('utf8'))) : answer.body
      const { 'transfer-encoding': chunked, connection, ...headers } = answer.headers
      entry.status = answer.status
      entry.answer = body.toString('utf8')
      return outgoing.writeHead(answer.status, { ...headers, 'content-length': String(body.length) }).end(body)
    })().catch(() => incoming.socket.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Asks the server for the whole body, plain, so that a test can read and change it. */
function pass(target: string, entry: Passed, headers: IncomingHttpHeaders): Promise<Answer> {
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
    outgoing.end(entry.body)
  })
}

/** Sends the head and half of the body, and breaks the connection. */
async function passHalf(target: string, entry: Passed, headers: IncomingHttpHeaders): Promise<void> {
  const outgoing = forward(`${target}${entry.path}`, { method: entry.method, headers })
  // That it breaks is what is wanted.
  outgoing.on('error', () => undefined)
  outgoing.write(entry.body.subarray(0, entry.body.length >> 1), () => outgoing.destroy())
  await once(outgoing, 'close')
}
