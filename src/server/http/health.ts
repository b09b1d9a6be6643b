import type { Handler } from 'hono'
import type { Database } from '../db/database.ts'
import { readHead } from '../feed/history.ts'
import { problem } from './problems.ts'

/** How long the database may take before it counts as not answering, ms. */
const ANSWER_WITHIN_MS = 2_000

/** `GET /healthz`: 200 while the database answers, otherwise 503. */
export function health(database: Database, version: string): Handler {
  return async (c) => {
    const head = await within(ANSWER_WITHIN_MS, readHead(database)).catch(() => undefined)
    if (head === undefined) return problem(c, 'unavailable', { headers: { 'Retry-After': '5' } })
    return c.json({ status: 'ok', database: database.dialect, head, version }, 200, { 'Cache-Control': 'no-store' })
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
