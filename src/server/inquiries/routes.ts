import { type Context, Hono } from 'hono'
import type { Clock } from '#domain/clock.ts'
import { pickLanguage } from '#domain/field-messages.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import { problem } from '../http/problems.ts'
import { checkSent, type Objection } from './check.ts'
import { credentials } from './credentials.ts'
import { readOwn, withdrawOwn } from './own-inquiry.ts'
import { partRoutes } from './part-routes.ts'
import type { InquiryStores } from './stores.ts'
import { takeArrival } from './take-arrival.ts'

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

/** `/api/inquiries/{submissionId}`: PUT sends, GET reads where it stands, DELETE withdraws. Below it, its files. */
export function inquiryRoutes(stores: InquiryStores, now: Clock): Hono {
  const { database } = stores
  const app = new Hono()
  app.route('/', partRoutes(stores, now))

  app.put('/:submissionId', async (c) => {
    const language = pickLanguage(c.req.header('accept-language'))
    const checked = await checkSent(c.req.param('submissionId'), c.req.raw)
    if (!checked.ok) return objected(c, checked.objection)
    const reception = await takeArrival(database, checked.value, language, now())
    if (reception.outcome === 'invalid') return objected(c, reception.objection)
    if (reception.outcome === 'conflict') return problem(c, 'inquiry-conflict')
    return c.body(reception.receipt, reception.outcome === 'stored' ? 201 : 200, JSON_HEADERS)
  })

  app.get('/:submissionId', async (c) => {
    const { submissionId, key } = credentials(c, c.req.param('submissionId'))
    return statusAnswer(c, await readOwn(database, submissionId, key))
  })

  app.delete('/:submissionId', async (c) => {
    const { submissionId, key } = credentials(c, c.req.param('submissionId'))
    return statusAnswer(c, await withdrawOwn(stores, submissionId, key, now()))
  })

  return app
}

function objected(c: Context, { problem: name, errors }: Objection): Response {
  return problem(c, name, errors === undefined ? {} : { errors })
}

function statusAnswer(c: Context, status: InquiryStatus | undefined): Response {
  return status === undefined ? problem(c, 'inquiry-not-found') : c.body(JSON.stringify(status), 200, JSON_HEADERS)
}
