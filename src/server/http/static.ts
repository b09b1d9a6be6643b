import type { Context, Env } from 'hono'
import { type Place, placeOf } from '../render/place.ts'
import { type Asset, formOf } from './assets.ts'
import { isHeld } from './conditional.ts'
import { problem } from './problems.ts'

interface StaticOptions {
  /** The built page by path, see `loadAssets`. */
  assets: ReadonlyMap<string, Asset>
  /** Answers for /media, or undefined where the file is not there, see `mediaFiles`. */
  media: (c: Context<Env, string>) => Promise<Response | undefined>
  /** Answers for every page, those included that are not there. */
  page: (c: Context<Env, string>, place: Place) => Response | Promise<Response>
}

const FOREVER = 'public, max-age=31536000, immutable'
/** Kept, but asked about before each use. */
const ASK_FIRST = 'no-cache'

/** Answers everything that is neither the API nor the feed: the built page's files, the media, and the pages. */
export function createStatic({ assets, media, page }: StaticOptions): (c: Context<Env, string>) => Promise<Response> {
  return async (c) => {
    const asset = assets.get(c.req.path)
    if (asset !== undefined) return file(c, asset)
    if (c.req.path.startsWith('/media/')) return (await media(c)) ?? problem(c, 'not-found')
    const place = placeOf(c.req.path)
    return place.to === 'file' ? problem(c, 'not-found') : page(c, place)
  }
}

function file(c: Context<Env, string>, asset: Asset): Response {
  const { bytes, encoding } = formOf(asset, c.req.header('Accept-Encoding'))
  const etag = `"${asset.etag}${encoding === undefined ? '' : `-${encoding}`}"`
  const headers = new Headers({
    'Content-Type': asset.type,
    'Cache-Control': asset.hashed ? FOREVER : ASK_FIRST,
    ETag: etag,
    ...(Object.keys(asset.packed).length > 0 ? { Vary: 'Accept-Encoding' } : {}),
  })
  if (isHeld(c.req.header('If-None-Match'), etag)) return new Response(null, { status: 304, headers })
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  headers.set('Content-Length', String(bytes.byteLength))
  return new Response(bytes, { status: 200, headers })
}
