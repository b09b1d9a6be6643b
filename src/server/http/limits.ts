import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { addressBucket } from './address-bucket.ts'
import { problem } from './problems.ts'

/** How many requests one client address may make in a minute. */
export interface Limits {
  /** PUT, DELETE and POST */
  writes: number
  /** GET */
  reads: number
  /** PUT of a piece of a file */
  parts: number
}

/**
 * Room for a whole office, or a park's guest network, behind one address. An inquiry's files take 210 requests at most
 * (`MAX_PARTS_BYTES`, `PART_CHUNK_BYTES`).
 */
export const DEFAULT_LIMITS: Limits = { writes: 300, reads: 1200, parts: 1200 }

const WINDOW_S = 60
const PART_PATH = /^\/api\/inquiries\/[^/]+\/parts\//

/**
 * Limits requests per client address, counted in this process: with several, each allows this much. It is a brake on
 * floods and no part of correctness. Over the limit: 429 with `Retry-After`, before anything of the body is read.
 * @param clientAddress who asks, as far as the proxies in front can be trusted
 */
export function rateLimit(limits: Limits, clientAddress: (c: Context) => string): MiddlewareHandler {
  const [writes, reads, parts] = [limits.writes, limits.reads, limits.parts].map(
    (points) => new RateLimiterMemory({ points, duration: WINDOW_S }),
  ) as [RateLimiterMemory, RateLimiterMemory, RateLimiterMemory]
  return async (c, next) => {
    const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    const limiter = isRead ? reads : PART_PATH.test(c.req.path) ? parts : writes
    try {
      await limiter.consume(addressBucket(clientAddress(c)))
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection
      const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000))
      return problem(c, 'rate-limited', { headers: { 'Retry-After': String(seconds) } })
    }
    await next()
    return undefined
  }
}
