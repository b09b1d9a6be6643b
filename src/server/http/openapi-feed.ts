import { answer, header, lines, problemAnswers, RETRY_AFTER, type SchemaName } from './openapi-parts.ts'

const FAILURES = ['internal', 'unavailable'] as const
const WAITING = { unavailable: RETRY_AFTER }

function head(operationId: string, summary: string, schema: SchemaName) {
  return {
    operationId,
    summary,
    responses: {
      200: answer('The head', schema, {
        'Cache-Control': header('Briefly', 'public, max-age=30, stale-while-revalidate=300'),
        ETag: header('For If-None-Match', '"5f3a"'),
      }),
      304: { description: 'Not changed since the ETag given in If-None-Match' },
      ...problemAnswers(FAILURES, WAITING),
    },
  }
}

const SAME = 'The same bytes for ever; brotli or gzip where accepted'
const FOR_EVER = {
  'Cache-Control': header('For ever', 'public, max-age=31536000, immutable'),
  Vary: header('Compression is negotiated', 'Accept-Encoding'),
}
const parameter = (name: string, type: 'string' | 'integer') => ({ name, in: 'path', required: true, schema: { type } })

/** Something whose address never changes content. */
function immutable(operationId: string, summary: string, parameters: object[], found: object) {
  return {
    get: {
      operationId,
      summary,
      parameters: [parameter('epoch', 'string'), ...parameters],
      responses: { 200: found, ...problemAnswers(['feed-not-found', ...FAILURES], WAITING) },
    },
  }
}

const whole = (operationId: string, summary: string, number: string, schema: SchemaName) =>
  immutable(operationId, summary, [parameter(number, 'integer')], answer(SAME, schema, FOR_EVER))
const inLines = (operationId: string, summary: string, number: string, schemas: SchemaName[]) =>
  immutable(operationId, summary, [parameter(number, 'integer')], lines(SAME, schemas, FOR_EVER))

export const FEED_PATHS = {
  '/sync/v2/head.json': {
    get: head('getListHead', 'The newest version, and where the list of everything is', 'ListHead'),
  },
  '/sync/v2/{epoch}/lists/{version}.ndjson': inLines(
    'getList',
    'List fields of every record published at this version: a header, then a put for each',
    'version',
    ['ListHeader', 'ListChange'],
  ),
  '/sync/v2/{epoch}/segments/{n}.ndjson': inLines(
    'getListSegment',
    'Closed segment n, from 0: versions n × segmentSize + 1 … (n + 1) × segmentSize, list fields only',
    'n',
    ['RunHeader', 'ListChange'],
  ),
  '/sync/v2/{epoch}/steps/{n}.ndjson': inLines(
    'getStep',
    'Closed step n, from 0: versions n × stepSize + 1 … (n + 1) × stepSize, then what the bodies of its puts have become',
    'n',
    ['RunHeader', 'ListChange', 'Body', 'BodyEdit'],
  ),
  '/sync/v2/{epoch}/tail/{head}.ndjson': inLines(
    'getOpenStep',
    'The changes after the last closed step, up to this version, then what the bodies of its puts have become',
    'head',
    ['RunHeader', 'ListChange', 'Body', 'BodyEdit'],
  ),
  '/sync/v2/{epoch}/bundles/{n}.ndjson': inLines('getBundle', 'The bodies of closed segment n, in order', 'n', [
    'RunHeader',
    'Body',
  ]),
  '/sync/v2/{epoch}/open-bundles/{head}.ndjson': inLines(
    'getOpenBundle',
    'The bodies after the last closed segment, up to this version, in order',
    'head',
    ['RunHeader', 'Body'],
  ),
  '/sync/v2/{epoch}/bodies/{v}-{sha256}.json': immutable(
    'getBody',
    'The body that was published at version v, by its digest',
    [parameter('v', 'integer'), parameter('sha256', 'string')],
    answer(SAME, 'Body', FOR_EVER),
  ),
  '/sync/v1/head.json': {
    get: head('getHead', 'For older readers: the newest version, and where the snapshot is', 'Head'),
  },
  '/sync/v1/{epoch}/segments/{n}.json': whole(
    'getSegment',
    'Closed segment n, from 0: versions n × segmentSize + 1 … (n + 1) × segmentSize',
    'n',
    'Segment',
  ),
  '/sync/v1/{epoch}/tail/{head}.json': whole(
    'getTail',
    'The changes after the last closed segment, up to this version',
    'head',
    'Segment',
  ),
  '/sync/v1/{epoch}/snapshots/{version}.json': whole(
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
