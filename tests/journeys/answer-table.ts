import type { Fault } from '../support/network.ts'

export const PORTAL = '/portal/sign-in'

/** What the person reads under 已存本机 · 未发送. */
export const WORDS = {
  unreachable: '服务器暂时没有回应，会自动再试。',
  busy: '服务器正忙，要求稍后再发；会自动再试。',
  notUnderstood: '收到的不是服务器的回答，可能需要先登录这里的无线网络。会自动再试。',
  notAllowed: '服务器暂不接受来自这里的请求，已暂停发送，内容没有丢。换个网络或稍后再试。',
}

interface Row {
  what: string
  fault: Fault | 'down'
  says: keyof typeof WORDS
  /** The server stored it, and the phone cannot know. */
  stored?: true
  /** ms that the next attempt waits at least. */
  patience?: number
}

function answer(status: number, headers: Record<string, string> = {}, body = ''): Fault {
  return { kind: 'answer', status, headers, body }
}
const page = (status: number) => answer(status, { 'content-type': 'text/html' }, '<h1>Sign in to the Wi-Fi</h1>')
export const problem = (status: number, errors: unknown[] = [], type = 'urn:luodi:problem:inquiry-invalid') =>
  answer(
    status,
    { 'content-type': 'application/problem+json' },
    JSON.stringify({ type, title: `这次不行 ${status}`, status, errors }),
  )
const receiptWith = (change: object): Fault => ({
  kind: 'rewrite',
  body: (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...change }),
})

export const NO_ANSWER: Row[] = [
  { what: 'connection refused', fault: 'down', says: 'unreachable' },
  { what: 'connection reset before the server heard of it', fault: { kind: 'refuse' }, says: 'unreachable' },
  { what: 'nothing of the body sent', fault: { kind: 'cutRequest', after: 0 }, says: 'unreachable' },
  { what: 'half of the body sent', fault: { kind: 'cutRequest', after: 200 }, says: 'unreachable' },
  { what: 'connection reset after it was stored', fault: { kind: 'loseAnswer' }, says: 'unreachable', stored: true },
  { what: 'half of the answer', fault: { kind: 'cutAnswer', after: 40 }, says: 'unreachable', stored: true },
]

export const NOT_UNDERSTOOD: Row[] = [
  { what: '200 with a page', fault: page(200), says: 'notUnderstood' },
  { what: '200 with nothing', fault: answer(200), says: 'notUnderstood' },
  { what: '201 with a page', fault: page(201), says: 'notUnderstood' },
  { what: '204', fault: answer(204), says: 'notUnderstood' },
  {
    what: '200 with the digest of other bytes',
    fault: receiptWith({ digest: `sha-256=:${'A'.repeat(43)}=:` }),
    says: 'notUnderstood',
    stored: true,
  },
  {
    what: '200 with the id of another request',
    fault: receiptWith({ submissionId: 'b3f1a2c4-5d6e-4f70-8a9b-0c1d2e3f4a5b' }),
    says: 'notUnderstood',
    stored: true,
  },
  ...[301, 302, 303, 307, 308].map((status): Row => {
    return { what: `${status} to a portal`, fault: answer(status, { location: PORTAL }), says: 'notUnderstood' }
  }),
  ...[400, 404].map((status): Row => ({ what: String(status), fault: problem(status), says: 'notUnderstood' })),
  ...[404, 409, 413, 415, 422].map((status): Row => {
    return { what: `${status} with a page`, fault: page(status), says: 'notUnderstood' }
  }),
  ...[413, 422].map((status): Row => {
    return { what: `${status} in a gateway's words`, fault: problem(status, [], 'about:blank'), says: 'notUnderstood' }
  }),
]

export const NOT_NOW: Row[] = [
  ...[401, 403].map((status): Row => ({ what: String(status), fault: problem(status), says: 'notAllowed' })),
  { what: '403 with a page', fault: page(403), says: 'notAllowed' },
  ...[408, 425, 429, 500, 502, 503, 504].map((status): Row => {
    return { what: String(status), fault: problem(status), says: 'busy' }
  }),
  { what: '502 with a page', fault: page(502), says: 'busy' },
  ...[429, 503].map((status): Row => {
    return {
      what: `${status} with Retry-After`,
      fault: answer(status, { 'retry-after': '120' }),
      says: 'busy',
      patience: 120_000,
    }
  }),
]
