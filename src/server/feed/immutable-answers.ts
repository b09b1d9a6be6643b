import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { AnswerCache } from '../http/answer-cache.ts'
import { negotiate } from '../http/encoding.ts'
import { type Encoded, encode } from '../http/encodings.ts'
import { problem } from '../http/problems.ts'
import { readEpoch } from './epoch.ts'

export const HEAD_CACHING = 'public, max-age=30, stale-while-revalidate=300'
const FOREVER = 'public, max-age=31536000, immutable'
/** Answers with what never changes under its address, which names an epoch. */
export type AnswerForEver = (
  c: Context,
  epoch: string | undefined,
  type: string,
  read: () => Promise<string | undefined>,
) => Promise<Response>

/**
 * @param kept answers that are kept compressed in memory
 * @returns a function that answers with what `read` gives, compressed once, or with 404 where there is nothing (yet)
 */
export function immutableAnswers(database: Database, kept: number): AnswerForEver {
  const cache = new AnswerCache<Encoded>(kept)
  return async (c, epoch, type, read) => {
    if (epoch !== (await readEpoch(database))) return nothingThere(c)
    const answer = await cache.get(c.req.path, async () => {
      const text = await read()
      // A new epoch may have begun in between: its text must not be kept for ever under the old one's address.
      return text !== undefined && epoch === (await readEpoch(database)) ? encode(text) : undefined
    })
    if (answer === undefined) return nothingThere(c)
    const encoding = negotiate(c.req.header('accept-encoding'))
    c.header('Content-Type', type)
    c.header('Cache-Control', FOREVER)
    c.header('Vary', 'Accept-Encoding')
    if (encoding !== undefined) c.header('Content-Encoding', encoding)
    const bytes = answer[encoding ?? 'identity']
    c.header('Content-Length', String(bytes.length))
    return c.body(bytes)
  }
}

function nothingThere(c: Context): Response {
  return problem(c, 'feed-not-found')
}
