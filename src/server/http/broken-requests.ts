import { RequestError } from '@hono/node-server'
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ProblemName } from './problem-texts.ts'
import { problemParts } from './problems.ts'

/** No header of such a request can be relied on, the language asked for included. */
const LANGUAGE = 'zh-CN'

const BY_CODE: Readonly<Record<string, ProblemName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-late',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
}

/** Answers for a request that Node could parse, but no URL could be made of; anything else that fails here is our fault. */
export function unreadableRequest(error: unknown): Response {
  const { status, headers, body } = problemParts(
    error instanceof RequestError ? 'request-malformed' : 'internal',
    LANGUAGE,
  )
  return new Response(body, { status, headers })
}

/**
 * Answers what Node cannot parse as HTTP, or waited for in vain, with a problem too; by itself it answers with a bare status.
 * The connection ends with it. Nothing is written into the middle of another answer.
 */
export function answerBrokenRequests(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>()
  server.on('request', ({ socket }, answer) => void answers.set(socket, answer))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket)
    const isAnswering = answer !== undefined && answer.headersSent && !answer.writableFinished
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) socket.destroy()
    else socket.end(wholeAnswer(BY_CODE[error.code ?? ''] ?? 'request-malformed'), () => socket.destroy())
  })
}

function wholeAnswer(name: ProblemName): string {
  const { status, headers, body } = problemParts(name, LANGUAGE)
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' })
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}
