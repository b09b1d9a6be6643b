import { ContentFileError } from '#ingest/starter-error.ts'
import { readStarter } from '#ingest/starter.ts'
import { openAttachments } from './attachments/open.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import { operatorFault } from './db/operator-fault.ts'
import { attachmentSettings, databaseSettings, readEnv } from './env.ts'
import { publishedContent } from './feed/published.ts'
import { loadStarter } from './feed/starter.ts'
import { createApp } from './http/app.ts'
import { loadAssets } from './http/assets.ts'
import { clientAddress } from './http/client-address.ts'
import { listen } from './http/listen.ts'
import { mediaFiles } from './http/media.ts'
import { siteOrigin } from './http/site-origin.ts'
import { keepRetention } from './inquiries/retention.ts'
import { createLog } from './log.ts'
import { keepSharePictures } from './media/keep-share-pictures.ts'
import { openPainter } from './media/painter.ts'
import { sharePictures } from './media/share-pictures.ts'
import { sizedPictures } from './media/sized-pictures.ts'
import { CONTENT_DIR, MEDIA_DIR, RENDER_DIR, WEB_DIR } from './paths.ts'
import { documentTemplate } from './render/document.ts'
import { createPages } from './render/pages.ts'
import { builtAt, loadRenderer } from './render/renderer.ts'
import { siteRoutes } from './render/site-routes.ts'
import { StartupError } from './startup-error.ts'
import { stopOnSignal } from './stop.ts'
import { version } from './version.ts'

async function start(): Promise<void> {
  const env = readEnv(process.env)
  const log = createLog(env.LOG_LEVEL)
  const now = Date.now
  const attachments = openAttachments(attachmentSettings(env))
  const database = await openDatabase(databaseSettings(env))
  await migrate(database)
  if (env.CONTENT === 'starter')
    await loadStarter(database, await readStarter(CONTENT_DIR), now(), sizedPictures(database, MEDIA_DIR))

  const painter = openPainter()
  const pictures = sharePictures(database, painter, now)
  const assets = await loadAssets(WEB_DIR)
  const template = documentTemplate(assets)
  const renderer = await loadRenderer(RENDER_DIR, WEB_DIR)
  const published = publishedContent(database)
  const pages =
    template === undefined || renderer === undefined
      ? undefined
      : createPages({ database, published, renderer, template, now, builtAt: builtAt(WEB_DIR) })
  if (pages === undefined) log.warn('there is no built page in dist/: only the API and the feed are served')
  const app = createApp({
    database,
    attachments,
    log,
    now,
    version: version(),
    hashes: template?.hashes,
    site: (limit) =>
      siteRoutes(
        {
          database,
          published,
          assets,
          media: mediaFiles(MEDIA_DIR, pictures.find),
          pages,
          now,
          origin: siteOrigin(env.SITE_URL, env.TRUST_PROXY),
        },
        limit,
      ),
    clientAddress: clientAddress(env.TRUST_PROXY),
  })
  const { server, url } = await listen(app.fetch, { host: env.HOST, port: env.PORT })
  const endRetention = keepRetention({ database, attachments }, log, now)
  const endPictures = keepSharePictures({ database, pictures, log }, now)
  stopOnSignal(server, log, async () => {
    endRetention()
    const ended = endPictures()
    await painter.close()
    await ended
    await database.close()
  })
  process.stdout.write(`落地 Luodi: ${url}\n`)
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

/** One line for what an operator can put right; what only we can keeps its stack. */
function explain(error: unknown): string {
  if (error instanceof ContentFileError) return oneLine(`Starter content: ${error.message}`)
  if (error instanceof StartupError) return oneLine(error.message)
  return operatorFault(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ')
}
