import { type Context, Hono } from 'hono'
import type { Clock } from '#domain/clock.ts'
import { fieldMessage, pickLanguage } from '#domain/field-messages.ts'
import { PART_CHUNK_BYTES, type PartProgress } from '#domain/inquiry/parts.ts'
import type { PartRow } from '../db/schema.ts'
import { problem } from '../http/problems.ts'
import { BodyTooLargeError, readWhatComes } from './body.ts'
import { parseContentRange } from './content-range.ts'
import { credentials } from './credentials.ts'
import { findOwnPart } from './own-part.ts'
import type { InquiryStores } from './stores.ts'
import { nothingMoreWanted, type Taken, takePiece } from './take-piece.ts'

/**
 * `PUT /api/inquiries/{submissionId}/parts/{sha256}`: the next bytes of a file that an inquiry announced. There is no way to get
 * a file back over HTTP.
 */
export function partRoutes(stores: InquiryStores, now: Clock): Hono {
  const app = new Hono()
  app.put('/:submissionId/parts/:sha256', async (c) => {
    const body = await read(c)
    if (body === undefined) return problem(c, 'part-chunk')
    const { submissionId, key } = credentials(c, c.req.param('submissionId'))
    const sha256 = c.req.param('sha256').toLowerCase()
    const part = await findOwnPart(stores.database, submissionId, key, sha256)
    if (part === 'unknown') return problem(c, 'inquiry-not-found')
    if (part === 'erased') return progress(c, nothingMoreWanted(sha256, 0))
    const range = parseContentRange(c.req.header('content-range'), part.bytes)
    if (part.complete_at === null && (range === undefined || body.bytes.length > range.length))
      return problem(c, 'part-range')
    const piece = { start: range?.start ?? part.received, bytes: body.bytes }
    const taken = await takePiece(stores, part, piece, now())
    // Nobody hears this: what has come is kept, and the next request goes on behind it.
    return body.isWhole ? answer(c, part, taken) : problem(c, 'body-aborted')
  })
  return app
}

/**
 * Read before anything is decided: an answer to somebody who is still sending may never reach them.
 * @returns undefined when it is too much for one request
 */
async function read(c: Context): Promise<{ bytes: Uint8Array; isWhole: boolean } | undefined> {
  try {
    return await readWhatComes(c.req.raw, PART_CHUNK_BYTES)
  } catch (error) {
    if (error instanceof BodyTooLargeError) return undefined
    throw error
  }
}

function answer(c: Context, part: PartRow, taken: Taken): Response {
  switch (taken.outcome) {
    case 'progress':
      return progress(c, taken.progress)
    case 'offset':
      return problem(c, 'part-offset', { headers: { 'Upload-Offset': String(taken.offset) } })
    case 'digest':
      return problem(c, 'part-digest', { headers: { 'Upload-Offset': '0' } })
    case 'type': {
      const code = 'parts.type'
      const message = fieldMessage(code, pickLanguage(c.req.header('accept-language')))
      return problem(c, 'part-type', { errors: [{ pointer: `/parts/${part.seq}`, code, message }] })
    }
  }
}

function progress(c: Context, progress: PartProgress): Response {
  return c.json(progress, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
}
