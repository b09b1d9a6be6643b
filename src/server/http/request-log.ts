import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'

/**
 * One line per request: method, route pattern, status and duration (ms). Never the path itself, which holds submission ids,
 * nor addresses, headers or bodies.
 */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now()
    await next()
    const { status } = c.res
    const line = { method: c.req.method, route: routePath(c), status, ms: Math.round(performance.now() - start) }
    if (status >= 500) log.warn(line, 'request')
    else log.info(line, 'request')
  }
}
