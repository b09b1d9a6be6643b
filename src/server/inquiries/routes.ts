import { type Context, Hono } from 'hono'
import type { Clock } from '#domain/clock.ts'
import { pickLanguage } from '#domain/field-messages.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import { problem } from '../http/problems.ts'
import { checkArrival } from './check.ts'
import { credentials } from './credentials.ts'
import { readOwn, withdrawOwn } from './own-inquiry.ts'
import { partRoutes } from './part-routes.ts'
import { receiveInquiry } from './receive.ts'
import type { InquiryStores } from './stores.ts'

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

/** `/api/inquiries/{submissionId}`: PUT sends, GET reads where it stands, DELETE withdraws. Below it, its files. */
export function inquiryRoutes(stores: InquiryStores, now: Clock): Hono {
  const { database } = stores
  const app = new Hono()
  app.route('/', partRoutes(stores, now))

  app.put('/:submissionId', async (c) => {
    const language = pickLanguage(c.req.header('accept-language'))
    const checked = await checkArrival(c.req.param('submissionId'), c.req.raw, language)
    if (!checked.ok) {
      const { problem: name, errors } = checked.objection
      return problem(c, name, errors === undefined ? {} : { errors })
    }
    const reception = await receiveInquiry(database, checked.value, now())
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

function statusAnswer(c: Context, status: InquiryStatus | undefined): Response {
  return status === undefined ? problem(c, 'inquiry-not-found') : c.body(JSON.stringify(status), 200, JSON_HEADERS)
}
