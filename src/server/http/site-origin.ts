import type { Context } from 'hono'

/**
 * Says at which address people reach this site, for links that must be absolute: canonical ones, the sitemap, the feed.
 * @param siteUrl what the operator says; without it the request's own host is believed
 * @param trustProxy whether a proxy of ours stands in front, which knows whether the person speaks TLS
 * @returns a function from a request to scheme and host
 */
export function siteOrigin(siteUrl: string | undefined, trustProxy: boolean): (c: Context) => string {
  if (siteUrl !== undefined) return () => siteUrl
  return (c) => {
    const { protocol, host } = new URL(c.req.url)
    const forwarded = trustProxy ? c.req.header('X-Forwarded-Proto')?.split(',').at(-1)?.trim() : undefined
    return `${forwarded === 'https' || forwarded === 'http' ? `${forwarded}:` : protocol}//${host}`
  }
}
