import { join } from 'node:path'
import type { Database } from '#server/db/database.ts'
import { publishedContent } from '#server/feed/published.ts'
import { loadAssets } from '#server/http/assets.ts'
import type { Limits } from '#server/http/limits.ts'
import { siteOrigin } from '#server/http/site-origin.ts'
import { documentTemplate } from '#server/render/document.ts'
import { createPages } from '#server/render/pages.ts'
import { builtAt, loadRenderer } from '#server/render/renderer.ts'
import { siteRoutes } from '#server/render/site-routes.ts'
import { ROOT } from '../support/server.ts'
import { anApp, ROOMY } from './an-app.ts'
import type { Ask } from './feed-reader.ts'
import { NOW } from './samples.ts'

const WEB = join(ROOT, 'dist', 'web')

/**
 * The app with its pages, as they were built, on a database.
 * @param now milliseconds since 1970 (UTC)
 * @param limits of one client
 */
export async function aSite(
  database: Database,
  now: () => number = () => NOW,
  limits: Limits = ROOMY,
): Promise<{ ask: Ask; hashes: { style: string; script: string } }> {
  const assets = await loadAssets(WEB)
  const template = documentTemplate(assets)
  const renderer = await loadRenderer(join(ROOT, 'dist', 'render'), WEB)
  if (template === undefined || renderer === undefined)
    throw new Error('npm run build first: there is no page in dist/')
  const published = publishedContent(database)
  const pages = createPages({ database, published, renderer, template, now, builtAt: builtAt(WEB) })
  const media = () => Promise.resolve(undefined)
  const deps = { database, published, assets, media, pages, now, origin: siteOrigin(undefined, false) }
  const { ask } = anApp(database, {
    now,
    hashes: template.hashes,
    limits,
    site: (limit) => siteRoutes(deps, limit),
  })
  return { ask, hashes: template.hashes }
}

/** What comes with a rendered page as data. */
export function pageData(html: string): { content: { version: number }; answers: Record<string, unknown> } {
  const [, json = ''] = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(html) ?? []
  return JSON.parse(json) as ReturnType<typeof pageData>
}
