import type { Context } from 'hono'

/**
 * Whether a request comes from a page of this site. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata), which no page can
 * forge; older ones, and pages without TLS, in `Origin` or `Referer` (OWASP, Cross-Site Request Forgery Prevention).
 * @param origin scheme and host at which people reach this site
 * @returns false when nothing says where it comes from
 */
export function isSameSite(c: Context, origin: string): boolean {
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined) return site === 'same-origin'
  const from = c.req.header('Origin') ?? c.req.header('Referer')
  if (from === undefined || !URL.canParse(from)) return false
  // A proxy may speak another scheme with us than with the person: the host decides.
  return new URL(from).host === new URL(origin).host
}
