import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { isIP } from 'node:net'

/**
 * Says from which address a request came, for limiting rates.
 * @param trustProxy whether a proxy of ours stands in front. Its own entry in X-Forwarded-For is the last one; those before it
 *   are whatever the client wrote, so they are never believed
 * @returns a function from a request to an IP address, or to '' when the connection is gone already
 */
export function clientAddress(trustProxy: boolean): (c: Context) => string {
  return (c) => {
    const forwarded = trustProxy ? c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
    if (forwarded !== undefined && isIP(forwarded) !== 0) return forwarded
    return getConnInfo(c).remote.address ?? ''
  }
}
