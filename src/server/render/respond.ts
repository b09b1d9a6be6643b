import type { Context } from 'hono'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { isHeld } from '../http/conditional.ts'
import { negotiate, type Packing } from '../http/encoding.ts'
import type { Page } from './page.ts'

const HTML = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': 'zh-CN', Vary: 'Accept-Encoding' }

/**
 * Sends a page, or says that the client holds it. It is asked about before each use, so that a published change shows at once.
 * @param type of a text that is no page
 */
export function sendPage(
  c: Context,
  { status, body, digest, modifiedAt }: Page,
  type = HTML['Content-Type'],
): Response {
  const encoding = negotiate(c.req.header('Accept-Encoding'))
  const etag = `"${digest}${encoding === undefined ? '' : `-${encoding}`}"`
  const headers = new Headers({
    ...HTML,
    'Content-Type': type,
    'Cache-Control': 'no-cache',
    ETag: etag,
    'Last-Modified': new Date(modifiedAt).toUTCString(),
  })
  // Only a page that exists may be answered with "as before": the status of any other is the message.
  if (status === 200 && isCurrent(c, etag, modifiedAt)) return new Response(null, { status: 304, headers })
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  const bytes = body[encoding ?? 'identity']
  headers.set('Content-Length', String(bytes.byteLength))
  return new Response(bytes, { status, headers })
}

/** `If-Modified-Since` counts only without `If-None-Match` (RFC 9110, 13.1.3), to the second. */
function isCurrent(c: Context, etag: string, modifiedAt: number): boolean {
  const tags = c.req.header('If-None-Match')
  if (tags !== undefined) return isHeld(tags, etag)
  const since = Date.parse(c.req.header('If-Modified-Since') ?? '')
  return Math.floor(modifiedAt / 1000) * 1000 <= since
}

/** Made for one person: packed as quickly as it is made. */
const PACK: Readonly<Record<Packing, (text: string) => Promise<Uint8Array<ArrayBuffer>>>> = {
  br: async (text) =>
    new Uint8Array(await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })),
  gzip: async (text) => new Uint8Array(await promisify(gzip)(text, { level: 6 })),
}

/**
 * Sends a page that is one person's, and no address that it holds is told to another site.
 * @param html the whole document
 * @param keep `Cache-Control`: unless given, nobody keeps it
 */
export async function sendOwnPage(
  c: Context,
  html: string,
  status: 200 | 201 | 403 | 409 | 422,
  keep = 'no-store',
): Promise<Response> {
  const encoding = negotiate(c.req.header('Accept-Encoding'))
  const headers = new Headers({ ...HTML, 'Cache-Control': keep })
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  return new Response(encoding === undefined ? html : await PACK[encoding](html), { status, headers })
}
