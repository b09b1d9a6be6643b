import { brotliCompressSync } from 'node:zlib'

const FOREVER = 'public, max-age=31536000, immutable'

/**
 * A file as answers under some paths: as it is, and brotli at its strongest where that is smaller.
 * @returns {import('../lib/answer.mjs').Answer[]}
 */
export function answers(paths, type, bytes, forEver = false) {
  const headers = { 'content-type': type, 'cache-control': forEver ? FOREVER : 'no-cache', vary: 'Accept-Encoding' }
  const packed = brotliCompressSync(bytes)
  const forms = [{ encoding: 'identity', body: bytes, headers }]
  if (packed.length < bytes.length)
    forms.push({ encoding: 'br', body: packed, headers: { ...headers, 'content-encoding': 'br' } })
  return paths.flatMap((path) =>
    forms.map(({ encoding, body, headers }) => ({
      path,
      encoding,
      status: 200,
      headers: { ...headers, 'content-length': String(body.length) },
      body,
    })),
  )
}
