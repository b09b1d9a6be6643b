import type { Context } from 'hono'
import { NIL as NIL_UUID } from 'uuid'
import * as v from 'valibot'
import { SubmissionId } from '#domain/inquiry/subject.ts'
import { bearerToken } from './tracking-key.ts'

/** An id that is none stands for one nobody has: PostgreSQL takes not every text, and the answer must be that of an unknown id. */
export function credentials(c: Context, id: string): { submissionId: string; key: string | undefined } {
  const submissionId = v.safeParse(SubmissionId, id)
  return {
    submissionId: submissionId.success ? submissionId.output : NIL_UUID,
    key: bearerToken(c.req.header('authorization')),
  }
}
