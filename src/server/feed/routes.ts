import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Clock } from '#domain/clock.ts'
import type { Database } from '../db/database.ts'
import { negotiate } from '../http/encoding.ts'
import { problem } from '../http/problems.ts'
import { AnswerCache } from '../http/answer-cache.ts'
import { type Encoded, encode } from '../http/encodings.ts'
import { currentHead } from './head.ts'
import { readEpoch } from './epoch.ts'
import { readSegment, readTail } from './history.ts'
import { readSnapshot } from './snapshot.ts'

const HEAD_CACHING = 'public, max-age=30, stale-while-revalidate=300'
const FOREVER = 'public, max-age=31536000, immutable'
/** Answers kept compressed in memory: the tail, the newest snapshot and the segments phones that lag ask for. */
const CACHED_ANSWERS = 64

type Read = (database: Database, epoch: string, number: number) => Promise<string | undefined>

/** The content feed below `/sync/v1`. Only `head.json` ever changes. */
export function feedRoutes(database: Database, now: Clock): Hono {
  const app = new Hono()
  const cache = new AnswerCache<Encoded>(CACHED_ANSWERS)

  app.get('/head.json', etag(), async (c) =>
    c.json(await currentHead(database, now()), 200, { 'Cache-Control': HEAD_CACHING }),
  )

  const immutable = (collection: string, read: Read) =>
    app.get(`/:epoch/${collection}/:file{(0|[1-9][0-9]{0,11})\\.json}`, async (c) => {
      const { epoch, file } = c.req.param()
      if (epoch !== (await readEpoch(database))) return nothingThere(c)
      const answer = await cache.get(c.req.path, async () => {
        const text = await read(database, epoch, Number.parseInt(file, 10))
        // A new epoch may have begun in between: its text must not be kept for ever under the old one's address.
        return text !== undefined && epoch === (await readEpoch(database)) ? encode(text) : undefined
      })
      if (answer === undefined) return nothingThere(c)
      const encoding = negotiate(c.req.header('accept-encoding'))
      c.header('Content-Type', 'application/json')
      c.header('Cache-Control', FOREVER)
      c.header('Vary', 'Accept-Encoding')
      if (encoding !== undefined) c.header('Content-Encoding', encoding)
      const bytes = answer[encoding ?? 'identity']
      c.header('Content-Length', String(bytes.length))
      return c.body(bytes)
    })
  immutable('segments', readSegment)
  immutable('tail', readTail)
  immutable('snapshots', (db, _epoch, version) => readSnapshot(db, version))
  return app
}

function nothingThere(c: Context): Response {
  return problem(c, 'feed-not-found')
}
