/** What stands in the way once of each message. An answer that is the server's own comes in its own error format. */
const problem = (status, title, headers = {}) => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: 'about:blank', title, status }),
})

/** A captive portal at an address of its own, which is no server of ours. */
const PORTAL = 'http://127.0.0.1:9/login'

/** Answers that are not the server's receipt, by the name of their row. */
export const ANSWERS = [
  ['500, then fine', problem(500, 'Internal Server Error')],
  ['503 with Retry-After, then fine', problem(503, 'Service Unavailable', { 'retry-after': '1' })],
  ['429, then fine', problem(429, 'Too Many Requests', { 'retry-after': '1' })],
  ['401 (expired sign-in), then fine', problem(401, 'Unauthorized')],
  ['403, then fine', problem(403, 'Forbidden')],
  ['409', problem(409, 'Conflict')],
  ['422', problem(422, 'Unprocessable Content')],
  [
    'captive portal: 200 with a page',
    { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' },
  ],
  ['captive portal: redirect', { kind: 'answer', status: 302, headers: { location: PORTAL } }],
]
