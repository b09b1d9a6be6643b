import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { acceptLanguage, ALWAYS, NO_STORE, submissionId, WAITING } from './openapi-common.ts'
import { answer, header, problemAnswers } from './openapi-parts.ts'

const sha256 = {
  name: 'sha256',
  in: 'path',
  required: true,
  description: 'SHA-256 of the file, as the inquiry announces it in `parts`',
  schema: { type: 'string', pattern: '[0-9a-f]{64}' },
}
const contentRange = {
  name: 'Content-Range',
  in: 'header',
  description: 'Which bytes of the file these are (RFC 9110, 14.4); absent, the whole file',
  schema: { type: 'string', pattern: 'bytes [0-9]+-[0-9]+/[0-9]+' },
}
const uploadOffset = { 'Upload-Offset': header('Where the file goes on, in bytes', '262144') }

const put = {
  operationId: 'putPart',
  summary: 'Send the next bytes of a file',
  description:
    `At most ${PART_CHUNK_BYTES} bytes a request, from where the file goes on. What arrives of a request that breaks off is kept. ` +
    'Files are never served. A withdrawn inquiry wants none any more, and says that they are complete.',
  security: [{ trackingKey: [] }],
  parameters: [acceptLanguage, contentRange],
  requestBody: { required: true, content: { 'application/octet-stream': {} } },
  responses: {
    200: answer('These bytes, and all before them, are stored durably', 'PartProgress', NO_STORE),
    ...problemAnswers(
      [
        'body-aborted',
        'part-digest',
        'inquiry-not-found',
        'part-chunk',
        'part-type',
        'part-offset',
        'part-range',
        ...ALWAYS,
      ],
      { ...WAITING, 'part-offset': uploadOffset },
    ),
  },
}

export const PART_PATHS = {
  '/api/inquiries/{submissionId}/parts/{sha256}': { parameters: [submissionId, sha256], put },
}
