import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Clock } from '#domain/clock.ts'
import { FORM_PATHS } from '#domain/inquiry/about.ts'
import { RECORD_KINDS } from '#domain/record/kind.ts'
import type { Database } from '../db/database.ts'
import type { PublishedContent } from '../feed/published.ts'
import { newestRecords } from '../feed/newest-records.ts'
import { createStatic } from '../http/static.ts'
import type { Asset } from '../http/assets.ts'
import { problem } from '../http/problems.ts'
import { atomFeed, FEED_PATH } from './atom.ts'
import { showForm, takeForm } from './form-posts.ts'
import { machineTexts } from './machine-texts.ts'
import type { Pages } from './pages.ts'
import { sendPage } from './respond.ts'
import { robotsText } from './robots.ts'
import { sitemapEntries } from './sitemap-entries.ts'
import { sitemapFiles } from './sitemap.ts'

/** What the public site is made of. */
export interface SiteDeps {
  database: Database
  published: PublishedContent
  assets: ReadonlyMap<string, Asset>
  media: (c: Context) => Promise<Response | undefined>
  /** Undefined where no page was built: then there are only files. */
  pages: Pages | undefined
  now: Clock
  /** Scheme and host at which people reach this site. */
  origin: (c: Context) => string
}

/**
 * Everything that is neither API nor feed: pages, posted forms, files, and what search engines and readers ask for.
 * @param limit stands before what writes, and before pages that are rendered for one request alone
 */
export function siteRoutes(deps: SiteDeps, limit: MiddlewareHandler): Hono {
  const { database, published, assets, media, pages, now, origin } = deps
  const app = new Hono()
  const machines = machineTexts(published, origin)

  app.get('/robots.txt', (c) => c.text(robotsText(origin(c)), 200, { 'Cache-Control': 'public, max-age=300' }))
  app.get(FEED_PATH, async (c) => {
    const feed = await machines.get(c, async (content, changedAt) =>
      atomFeed(origin(c), await newestRecords(database, content), changedAt),
    )
    return feed === undefined ? problem(c, 'not-found') : sendPage(c, feed, 'application/atom+xml; charset=utf-8')
  })
  app.get('/:sitemap{sitemap(-[1-9][0-9]*)?\\.xml}', async (c) => {
    const sitemap = await machines.get(c, (content) => {
      const items = RECORD_KINDS.flatMap((kind) => [...content.list(kind)])
      return sitemapFiles(origin(c), sitemapEntries(items)).get(c.req.path)
    })
    return sitemap === undefined ? problem(c, 'not-found') : sendPage(c, sitemap, 'application/xml; charset=utf-8')
  })

  if (pages !== undefined) {
    app.use('/search', limit)
    for (const [type, path] of Object.entries(FORM_PATHS) as [keyof typeof FORM_PATHS, string][]) {
      app.use(path, limit)
      app.post(path, (c) => takeForm(c, { ...deps, pages }, { to: 'form', type }, origin(c)))
    }
  }

  const answer = createStatic({
    assets,
    media,
    page: async (c, place) => {
      if (pages === undefined) return problem(c, 'unavailable')
      if (place.to === 'form') return showForm(c, { database, pages, published, now }, place, origin(c))
      return sendPage(c, await pages.page(place, new URL(c.req.url), origin(c)))
    },
  })
  return app.get('*', (c) => answer(c))
}
