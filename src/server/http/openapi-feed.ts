import { answer, header, problemAnswers, RETRY_AFTER, type SchemaName } from './openapi-parts.ts'

const FAILURES = ['internal', 'unavailable'] as const
const WAITING = { unavailable: RETRY_AFTER }

const head = {
  operationId: 'getHead',
  summary: 'The newest version, and where the snapshot is',
  responses: {
    200: answer('The head', 'Head', {
      'Cache-Control': header('Briefly', 'public, max-age=30, stale-while-revalidate=300'),
      ETag: header('For If-None-Match', '"5f3a"'),
    }),
    304: { description: 'Not changed since the ETag given in If-None-Match' },
    ...problemAnswers(FAILURES, WAITING),
  },
}

/** Something whose address never changes content. */
function immutable(operationId: string, summary: string, number: string, schema: SchemaName) {
  const parameter = (name: string, type: 'string' | 'integer') => ({
    name,
    in: 'path',
    required: true,
    schema: { type },
  })
  return {
    get: {
      operationId,
      summary,
      parameters: [parameter('epoch', 'string'), parameter(number, 'integer')],
      responses: {
        200: answer('The same bytes for ever; brotli or gzip where accepted', schema, {
          'Cache-Control': header('For ever', 'public, max-age=31536000, immutable'),
          Vary: header('Compression is negotiated', 'Accept-Encoding'),
        }),
        ...problemAnswers(['feed-not-found', ...FAILURES], WAITING),
      },
    },
  }
}

export const FEED_PATHS = {
  '/sync/v1/head.json': { get: head },
  '/sync/v1/{epoch}/segments/{n}.json': immutable(
    'getSegment',
    'Closed segment n, from 0: versions n × segmentSize + 1 … (n + 1) × segmentSize',
    'n',
    'Segment',
  ),
  '/sync/v1/{epoch}/tail/{head}.json': immutable(
    'getTail',
    'The changes after the last closed segment, up to this version',
    'head',
    'Segment',
  ),
  '/sync/v1/{epoch}/snapshots/{version}.json': immutable(
    'getSnapshot',
    'Every record published at this version, as head.json names it',
    'version',
    'Snapshot',
  ),
}

export const HEALTH_PATHS = {
  '/healthz': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether this server can serve',
      responses: {
        200: answer('It can', 'Health', { 'Cache-Control': header('Never cached', 'no-store') }),
        ...problemAnswers(['unavailable'], WAITING),
      },
    },
  },
}
