import { Hono } from 'hono'
import { etag } from 'hono/etag'
import type { Clock } from '#domain/clock.ts'
import type { Database } from '../db/database.ts'
import { currentHead, currentListHead } from './head.ts'
import { readSegment, readTail } from './history.ts'
import { type AnswerForEver, HEAD_CACHING, immutableAnswers } from './immutable-answers.ts'
import { readBody, readBundle, readListSegment, readOpenBundle, readOpenStep, readStep } from './runs.ts'
import { readSnapshot } from './snapshot.ts'
import { LIST, WHOLE } from './snapshot-format.ts'

const JSON_TYPE = 'application/json'
const LINES_TYPE = 'application/x-ndjson'

/**
 * Answers kept compressed in memory, apart from each other: what many phones ask for once must not push out the list, which takes
 * seconds to read and compress. Lists: the newest, and the one before it. Runs: the open step, and what phones that lag ask
 * for. Open bundles: there is one for each head, and whoever walks through them must push out nothing else.
 */
const KEPT = { lists: 2, runs: 64, openBundles: 4, bodies: 64 }

type Read = (database: Database, epoch: string, number: number) => Promise<string | undefined>

/** The content feed below `/sync/v2`: list fields first, bodies beside them. Only `head.json` ever changes. */
export function feedRoutes(database: Database, now: Clock): Hono {
  const app = new Hono()
  const answerRun = immutableAnswers(database, KEPT.runs)
  const answerBody = immutableAnswers(database, KEPT.bodies)

  app.get('/head.json', etag(), async (c) =>
    c.json(await currentListHead(database, now()), 200, { 'Cache-Control': HEAD_CACHING }),
  )

  const lines = (collection: string, read: Read, answer: AnswerForEver) =>
    app.get(`/:epoch/${collection}/:file{(0|[1-9][0-9]{0,11})\\.ndjson}`, (c) => {
      const { epoch, file } = c.req.param()
      return answer(c, epoch, LINES_TYPE, () => read(database, epoch, Number.parseInt(file, 10)))
    })
  lines('lists', (db, _epoch, version) => readSnapshot(db, LIST, version), immutableAnswers(database, KEPT.lists))
  lines('segments', readListSegment, answerRun)
  lines('steps', readStep, answerRun)
  lines('tail', readOpenStep, answerRun)
  lines('bundles', readBundle, answerRun)
  lines('open-bundles', readOpenBundle, immutableAnswers(database, KEPT.openBundles))

  app.get('/:epoch/bodies/:file{[1-9][0-9]{0,11}-[0-9a-f]{64}\\.json}', (c) => {
    const { epoch, file } = c.req.param()
    const [v = '', sha256 = ''] = file.replace('.json', '').split('-')
    return answerBody(c, epoch, JSON_TYPE, () => readBody(database, Number(v), sha256))
  })
  return app
}

/** The first form of the feed, below `/sync/v1`: whole records, for phones of older releases. */
export function wholeFeedRoutes(database: Database, now: Clock): Hono {
  const app = new Hono()
  const answerRun = immutableAnswers(database, KEPT.runs)

  app.get('/head.json', etag(), async (c) =>
    c.json(await currentHead(database, now()), 200, { 'Cache-Control': HEAD_CACHING }),
  )

  const whole = (collection: string, read: Read, answer: AnswerForEver) =>
    app.get(`/:epoch/${collection}/:file{(0|[1-9][0-9]{0,11})\\.json}`, (c) => {
      const { epoch, file } = c.req.param()
      return answer(c, epoch, JSON_TYPE, () => read(database, epoch, Number.parseInt(file, 10)))
    })
  whole('segments', readSegment, answerRun)
  whole('tail', readTail, answerRun)
  whole('snapshots', (db, _epoch, version) => readSnapshot(db, WHOLE, version), immutableAnswers(database, KEPT.lists))
  return app
}
