import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { bodyUrl, openStepUrl, type Put } from '#domain/feed-v2.ts'
import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { storePage } from '#server/feed/store.ts'
import { openApi } from '#server/http/openapi.ts'
import { attachment, piece } from '../support/attachment.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze } from '../support/letter.ts'
import { anApp } from './an-app.ts'
import { readHead, segmentPath, tailPath } from './feed-reader.ts'
import { readLines } from './list-feed-reader.ts'
import { article, NOW, page } from './samples.ts'

interface Operation {
  responses: Record<
    string,
    { headers?: Record<string, { required?: boolean }>; content?: Record<string, { schema: { $ref: string } }> }
  >
}
const document = openApi('test')
const paths = document.paths as unknown as Record<string, Record<string, Operation>>
const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ $id: 'api', components: document.components })

/** Checks an answer against what the description says of that path, method and status. */
async function conforms(path: string, method: string, response: Response): Promise<void> {
  const described = paths[path]?.[method]?.responses[String(response.status)]
  expect(described, `${method} ${path} ${response.status}`).toBeDefined()
  for (const [name, { required }] of Object.entries(described?.headers ?? {})) {
    if (required === true) expect(response.headers.get(name), `${name} of ${path}`).not.toBeNull()
  }
  const type = response.headers.get('content-type') ?? ''
  const schema = described?.content?.[type]?.schema
  expect(schema, `${type} of ${path}`).toBeDefined()
  const validate = ajv.getSchema(`api${schema?.$ref ?? ''}`) as ValidateFunction
  expect(validate(await response.json()), ajv.errorsText(validate.errors)).toBe(true)
}

onEachDatabase('the API description', (store) => {
  it('is served, in OpenAPI 3.1 with schemas that compile', async () => {
    const { ask } = anApp(await store.open())
    const served = (await (await ask('/api/openapi.json')).json()) as typeof document
    expect(served.openapi).toBe('3.1.0')
    expect(served.paths).toEqual(JSON.parse(JSON.stringify(document.paths)))
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => ajv.getSchema(`api#/components/schemas/${name}`)).not.toThrow()
    }
  })

  it('fits the answers of the feed', async () => {
    const database = await store.open()
    await storePage(database, page(Array.from({ length: 101 }, (_, n) => article(`r${n}`))), NOW)
    const { ask } = anApp(database)
    const { epoch, head, snapshot } = await readHead(ask)
    await conforms('/sync/v1/head.json', 'get', await ask('/sync/v1/head.json'))
    await conforms('/sync/v1/{epoch}/segments/{n}.json', 'get', await ask(segmentPath(epoch, 0)))
    await conforms('/sync/v1/{epoch}/segments/{n}.json', 'get', await ask(segmentPath(epoch, 9)))
    await conforms('/sync/v1/{epoch}/tail/{head}.json', 'get', await ask(tailPath(epoch, head)))
    await conforms('/sync/v1/{epoch}/snapshots/{version}.json', 'get', await ask(snapshot.url))
    await conforms('/sync/v2/head.json', 'get', await ask('/sync/v2/head.json'))
    const [, put = ''] = await readLines(ask, openStepUrl(epoch, head))
    const { v, body } = JSON.parse(put) as Put
    await conforms('/sync/v2/{epoch}/bodies/{v}-{sha256}.json', 'get', await ask(bodyUrl(epoch, v, body.sha256)))
    await conforms('/healthz', 'get', await ask('/healthz'))
  })

  it('fits the answers to inquiries, and the inquiries themselves', async () => {
    const { ask } = anApp(await store.open(), { limits: { writes: 7, reads: 100, parts: 20 } })
    const path = '/api/inquiries/{submissionId}'
    const letter = freeze()
    const own = `/api/inquiries/${letter.submissionId}`
    const put = (other = letter, headers: Record<string, string> = {}) =>
      ask(own, { method: 'PUT', headers: { ...other.headers, ...headers }, body: other.bytes })
    const key = { headers: { Authorization: `Bearer ${letter.trackingKey}` } }
    const inquiry = ajv.getSchema('api#/components/schemas/Inquiry') as ValidateFunction
    expect(inquiry(JSON.parse(new TextDecoder().decode(letter.bytes))), ajv.errorsText(inquiry.errors)).toBe(true)
    for (const status of [201, 200]) {
      const response = await put()
      expect(response.status).toBe(status)
      await conforms(path, 'put', response)
    }
    await conforms(path, 'put', await put(freeze()))
    await conforms(path, 'put', await put(freeze({ name: '' })))
    await conforms(path, 'put', await put(letter, { 'Content-Type': 'text/plain' }))
    await conforms(path, 'get', await ask(own, key))
    await conforms(path, 'get', await ask(own))
    await conforms(path, 'delete', await ask(own, { ...key, method: 'DELETE' }))
    const file = attachment(1000)
    const owner = freeze({ parts: [file.part] })
    const whole = { method: 'PUT', headers: owner.headers, body: owner.bytes }
    expect((await ask(`/api/inquiries/${owner.submissionId}`, whole)).status).toBe(201)
    const pieces = [
      [200, piece(owner, file, 0, 400)],
      [416, piece(owner, file, 0, 400)],
      [422, piece(owner, file, 400, 1001)],
      [404, piece({ ...owner, trackingKey: letter.trackingKey }, file)],
      [400, piece(owner, { ...file, bytes: new Uint8Array(1000) }, 400)],
      [415, piece(owner, { ...file, bytes: new Uint8Array(1000) })],
      [413, piece(owner, { ...file, bytes: new Uint8Array(PART_CHUNK_BYTES + 1) })],
    ] as const
    for (const [status, { path: at, init }] of pieces) {
      const answer = await ask(at, init)
      expect(answer.status).toBe(status)
      await conforms('/api/inquiries/{submissionId}/parts/{sha256}', 'put', answer)
    }
    const limited = await put()
    expect(limited.status).toBe(429)
    await conforms(path, 'put', limited)
  })
})
