import http from 'node:http'

/** Headers that say something about one connection or one instant, not about the answer. */
const NOT_KEPT = ['connection', 'date', 'keep-alive', 'transfer-encoding']

/**
 * One answer as it went over the wire, for a bare server to give again.
 * @typedef {{ path: string, encoding: 'br' | 'identity', status: number, headers: Record<string, string>, body: Buffer }} Answer
 */

/**
 * Asks a server for a path and keeps the bytes as they came, still encoded.
 * @returns {Promise<Answer>}
 */
export async function ask(origin, path, encoding = 'identity') {
  const response = await new Promise((resolve, reject) => {
    http.get(new URL(path, origin), { headers: { 'Accept-Encoding': encoding } }, resolve).on('error', reject)
  })
  const body = Buffer.concat(await response.toArray())
  const kept = Object.entries(response.headers).filter(([name]) => !NOT_KEPT.includes(name))
  const headers = { ...Object.fromEntries(kept), 'content-length': String(body.length) }
  return { path, encoding, status: response.statusCode, headers, body }
}

/** The text of a page or a JSON document. */
export async function askText(origin, path) {
  const { status, body } = await ask(origin, path)
  if (status !== 200) throw new Error(`${path} answers ${status}.`)
  return body.toString('utf8')
}
