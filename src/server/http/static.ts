import type { RecordKind } from '#domain/record/record.ts'
import type { Context, Env } from 'hono'
import type { PublicStatus } from '../feed/record-status.ts'
import { type Asset, formOf } from './assets.ts'
import { isHeld } from './conditional.ts'
import { destination } from './pages.ts'
import { problem } from './problems.ts'

interface StaticOptions {
  /** The built page by path, see `loadAssets`. */
  assets: ReadonlyMap<string, Asset>
  /** Answers for /media, or undefined where the file is not there, see `mediaFiles`. */
  media: (c: Context<Env, string>) => Promise<Response | undefined>
  recordStatus: (kind: RecordKind, id: string) => Promise<PublicStatus>
}

const SHELL = '/index.html'
const FOREVER = 'public, max-age=31536000, immutable'
/** Kept, but asked about before each use. */
const ASK_FIRST = 'no-cache'

/**
 * Answers everything that is neither the API nor the feed: the built page's files, the media, and the app's shell for every
 * page. A page that does not exist gets the shell as well, which says so to a person, with the status that says so to a
 * machine: 404, or 410 for a record that was withdrawn.
 */
export function createStatic(options: StaticOptions): (c: Context<Env, string>) => Promise<Response> {
  const { assets, media, recordStatus } = options

  const page = (c: Context<Env, string>, status: number): Response => {
    const shell = assets.get(SHELL)
    return shell === undefined ? problem(c, 'unavailable') : file(c, shell, status)
  }

  return async (c) => {
    const asset = assets.get(c.req.path)
    if (asset !== undefined) return file(c, asset)
    if (c.req.path.startsWith('/media/')) return (await media(c)) ?? problem(c, 'not-found')
    const place = destination(c.req.path)
    switch (place.to) {
      case 'screen':
        return page(c, 200)
      case 'record':
        return page(c, PAGE_STATUS[await recordStatus(place.kind, place.id)])
      case 'nowhere':
        return page(c, 404)
      case 'file':
        return problem(c, 'not-found')
    }
  }
}

const PAGE_STATUS: Readonly<Record<PublicStatus, number>> = { published: 200, withdrawn: 410, unknown: 404 }

function file(c: Context<Env, string>, asset: Asset, status = 200): Response {
  const { bytes, encoding } = formOf(asset, c.req.header('Accept-Encoding'))
  const etag = `"${asset.etag}${encoding === undefined ? '' : `-${encoding}`}"`
  const headers = new Headers({
    'Content-Type': asset.type,
    'Cache-Control': asset.hashed ? FOREVER : ASK_FIRST,
    ETag: etag,
    ...(Object.keys(asset.packed).length > 0 ? { Vary: 'Accept-Encoding' } : {}),
  })
  // Only a page that exists may be answered with "as before": the status of any other is the message.
  if (status === 200 && isHeld(c.req.header('If-None-Match'), etag)) return new Response(null, { status: 304, headers })
  if (encoding !== undefined) headers.set('Content-Encoding', encoding)
  headers.set('Content-Length', String(bytes.byteLength))
  return new Response(bytes, { status, headers })
}
