import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { Logger } from 'pino'
import type { Clock } from '#domain/clock.ts'
import { type AttachmentStore, AttachmentStoreError } from '../attachments/store.ts'
import { isDatabaseUnavailable } from '../db/availability.ts'
import type { Database } from '../db/database.ts'
import { feedRoutes, wholeFeedRoutes } from '../feed/routes.ts'
import { inquiryRoutes } from '../inquiries/routes.ts'
import { clientAddress } from './client-address.ts'
import { health } from './health.ts'
import { DEFAULT_LIMITS, type Limits, rateLimit } from './limits.ts'
import { openApi } from './openapi.ts'
import { problem } from './problems.ts'
import { requestLog } from './request-log.ts'
import { securityHeaders } from './security.ts'

/** What the app is made of. Nothing is read from the environment here. */
export interface AppDeps {
  database: Database
  attachments: AttachmentStore
  /** Made by `createLog`, which keeps out what a database driver hangs on its errors. */
  log: Logger
  now: Clock
  /** Of this release, for `/healthz` and the API description. */
  version: string
  /** Answers every path that is no API: files, pages and posted forms. @param limit how often one client may ask for what is dear */
  site?: (limit: MiddlewareHandler) => Hono
  /** `sha256-…` of the style sheet and the script that stand in pages. */
  hashes?: { style: string; script: string } | undefined
  /** Who asks; by default the other end of the connection. Behind a trusted proxy, what that proxy says. */
  clientAddress?: (c: Context) => string
  limits?: Limits
}

/** The whole server as one app: feed, inquiries, health, API description, then files and pages. */
export function createApp(deps: AppDeps): Hono {
  const { log, site, hashes, limits = DEFAULT_LIMITS, clientAddress: addressOf = clientAddress(false) } = deps
  const app = new Hono()
  const limit = rateLimit(limits, addressOf)
  const api = apiRoutes(deps, limit)
  app.use(requestLog(log))
  app.use(securityHeaders(hashes))
  app.use(methodNotAllowed({ app: api, onMethodNotAllowed: wrongMethod }))
  app.onError((error, c) => failure(c, log, error))
  app.notFound((c) => problem(c, 'not-found'))
  app.route('/', api)
  app.all('/api/*', (c) => c.notFound())
  app.all('/sync/*', (c) => c.notFound())
  if (site !== undefined) app.route('/', site(limit)).all('*', (c) => wrongMethod(c, ['GET', 'HEAD']))
  return app
}

function apiRoutes({ database, attachments, now, version }: AppDeps, limit: MiddlewareHandler): Hono {
  const api = new Hono()
  api.route('/sync/v2', feedRoutes(database, now))
  api.route('/sync/v1', wholeFeedRoutes(database, now))
  api.use('/api/inquiries/*', limit)
  api.route('/api/inquiries', inquiryRoutes({ database, attachments }, now))
  api.get('/api/openapi.json', (c) => c.json(openApi(version), 200, { 'Cache-Control': 'public, max-age=300' }))
  api.get('/healthz', health(database, version))
  return api
}

function wrongMethod(c: Context, methods: readonly string[]): Response {
  return problem(c, 'method-not-allowed', { headers: { Allow: methods.join(', ') } })
}

/** The client learns only whether trying again makes sense. */
function failure(c: Context, log: Logger, error: Error): Response {
  log.error({ err: error }, 'request failed')
  return isDatabaseUnavailable(error) || error instanceof AttachmentStoreError
    ? problem(c, 'unavailable', { headers: { 'Retry-After': '5' } })
    : problem(c, 'internal')
}
