import { type Context, Hono } from 'hono'
import { NIL as NIL_UUID } from 'uuid'
import * as v from 'valibot'
import type { Clock } from '#domain/clock.ts'
import { pickLanguage } from '#domain/field-messages.ts'
import { SubmissionId } from '#domain/inquiry/inquiry.ts'
import type { InquiryStatus } from '#domain/inquiry/status.ts'
import type { Database } from '../db/database.ts'
import { problem } from '../http/problems.ts'
import { checkArrival } from './check.ts'
import { readOwn, withdrawOwn } from './own-inquiry.ts'
import { receiveInquiry } from './receive.ts'
import { bearerToken } from './tracking-key.ts'

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

/** `/api/inquiries/{submissionId}`: PUT sends, GET reads where it stands, DELETE withdraws. */
export function inquiryRoutes(database: Database, now: Clock): Hono {
  const app = new Hono()

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
    return statusAnswer(c, await withdrawOwn(database, submissionId, key, now()))
  })

  return app
}

/** An id that is none stands for one nobody has: PostgreSQL takes not every text, and the answer must be that of an unknown id. */
function credentials(c: Context, id: string): { submissionId: string; key: string | undefined } {
  const submissionId = v.safeParse(SubmissionId, id)
  return {
    submissionId: submissionId.success ? submissionId.output : NIL_UUID,
    key: bearerToken(c.req.header('authorization')),
  }
}

function statusAnswer(c: Context, status: InquiryStatus | undefined): Response {
  return status === undefined ? problem(c, 'inquiry-not-found') : c.body(JSON.stringify(status), 200, JSON_HEADERS)
}
