import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

export type Encoding = 'br' | 'gzip' | 'identity'

/** An answer in each encoding; compressed once and then only copied out. */
export type Encoded = Readonly<Record<Encoding, Uint8Array<ArrayBuffer>>>

/** Compresses as far as pays off for what is made once and fetched by every phone. */
export async function encode(text: string): Promise<Encoded> {
  const identity = Buffer.from(text)
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length } }
  const [br, gz] = await Promise.all([brotliAsync(identity, options), gzipAsync(identity, { level: 9 })])
  return { br: new Uint8Array(br), gzip: new Uint8Array(gz), identity: new Uint8Array(identity) }
}

/**
 * Picks the smallest encoding a client takes (RFC 9110, 12.5.3).
 * @param acceptEncoding the request header; absent means no compression
 */
export function negotiate(acceptEncoding: string | undefined): Encoding {
  const weights = new Map<string, number>()
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    if (name !== undefined && name !== '') weights.set(name, quality === undefined ? 1 : Number(quality))
  }
  const takes = (encoding: Encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0
  if (takes('br')) return 'br'
  return takes('gzip') ? 'gzip' : 'identity'
}
