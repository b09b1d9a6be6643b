import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Env } from 'hono'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { MadeFile } from '../media/store.ts'
import { isHeld } from './conditional.ts'

type Answer = (c: Context<Env, string>) => Promise<Response | undefined>

const PREFIX = '/media/'
/** What a made file may be called: no query of the database for anything else. */
const MADE = /^(?:share\/)?[\w-][\w.-]*$/

/**
 * Pictures and documents of the content: from a folder, else made from it. Their names carry a digest, so they may be kept for
 * ever, and a name that a client holds is an answer it holds.
 * @param dir folder that holds what is under /media/ in the URL; it need not exist
 * @param made gives what is not in the folder, by what follows /media/ in the URL
 * @returns a function that answers a request, or gives undefined where there is no such file
 */
export function mediaFiles(dir: string, made: (name: string) => Promise<MadeFile | undefined>): Answer {
  const original = originals(dir)
  return async (c) => {
    const response = (await original(c)) ?? (await madeAnswer(c, made))
    if (response?.ok !== true) return response
    const etag = `"${createHash('sha256').update(c.req.path).digest('base64url').slice(0, 22)}"`
    response.headers.set('ETag', etag)
    response.headers.set('Cache-Control', 'public, max-age=31536000, immutable')
    if (!isHeld(c.req.header('If-None-Match'), etag)) return response
    await response.body?.cancel()
    for (const name of ['Content-Length', 'Content-Type', 'Content-Range']) response.headers.delete(name)
    return new Response(null, { status: 304, headers: response.headers })
  }
}

function originals(dir: string): Answer {
  if (!existsSync(dir)) return () => Promise.resolve(undefined)
  const serve = serveStatic<Env>({ root: dir, rewriteRequestPath: (path) => path.slice(PREFIX.length - 1) })
  return async (c) => {
    const response = await serve(c, () => Promise.resolve())
    return response instanceof Response ? response : undefined
  }
}

/** Whole, whatever range is asked for: pictures are small. */
async function madeAnswer(
  c: Context<Env, string>,
  made: (name: string) => Promise<MadeFile | undefined>,
): Promise<Response | undefined> {
  const name = c.req.path.slice(PREFIX.length)
  const file = MADE.test(name) ? await made(name) : undefined
  if (file === undefined) return undefined
  const headers = { 'Content-Type': file.type, 'Content-Length': String(file.bytes.byteLength) }
  return new Response(new Uint8Array(file.bytes), { headers })
}
