import { getRequestListener } from '@hono/node-server'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartupError } from '../startup-error.ts'
import { answerBrokenRequests, unreadableRequest } from './broken-requests.ts'

/** The address asked for cannot be listened on. */
class ListenError extends StartupError {}

/**
 * Starts answering requests.
 * @param port 0 picks a free one
 * @returns the listening server and the address at which this machine reaches it
 * @throws ListenError when the port is taken or forbidden, or the host is not an address of this machine
 */
export async function listen(
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
  { host, port }: { host: string; port: number },
): Promise<{ server: Server; url: string }> {
  // HTTP/1.0 has no Host header, and some load balancers ask for /healthz so.
  const answer = getRequestListener(fetch, { hostname: 'localhost', errorHandler: unreadableRequest })
  const server = createServer((request, response) => void answer(request, response))
  answerBrokenRequests(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, resolve)
  })
  return { server, url: urlOf(server.address() as AddressInfo, host) }
}

function urlOf({ port, family }: AddressInfo, host: string): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return family === 'IPv6' && host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        `Port ${port} is taken: stop the program that uses it, or choose another one, as in PORT=${port < 65_535 ? port + 1 : 3000} npm start`,
      )
    case 'EACCES':
      return new ListenError(
        `Port ${port} is not allowed to this account: choose one above 1023, as in PORT=3000 npm start`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new ListenError(
        `HOST is "${host}", which is no address of this machine: use 127.0.0.1 (this machine only), 0.0.0.0 (every network) or one of its own.`,
      )
    default:
      return error
  }
}
