import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, Env } from 'hono'
import { existsSync } from 'node:fs'

/**
 * Pictures and documents of the content, from a folder. Their names carry a digest, so they may be kept for ever.
 * @param dir folder that holds what is under /media/ in the URL; it need not exist
 * @returns a function that answers a request, or gives undefined where there is no such file
 */
export function mediaFiles(dir: string): (c: Context<Env, string>) => Promise<Response | undefined> {
  if (!existsSync(dir)) return () => Promise.resolve(undefined)
  const serve = serveStatic<Env>({ root: dir, rewriteRequestPath: (path) => path.slice('/media'.length) })
  return async (c) => {
    const response = await serve(c, () => Promise.resolve())
    if (!(response instanceof Response)) return undefined
    if (response.ok) response.headers.set('Cache-Control', 'public, max-age=31536000, immutable')
    return response
  }
}
