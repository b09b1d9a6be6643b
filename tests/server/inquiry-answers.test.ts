import { serve } from '@hono/node-server'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import * as v from 'valibot'
import { expect, it, vi } from 'vitest'
import { contentDigest } from '#domain/digest.ts'
import { MAX_INQUIRY_BYTES } from '#domain/inquiry/inquiry.ts'
import { ProblemSchema } from '#domain/problem.ts'
import type { Database } from '#server/db/database.ts'
import { onEachDatabase } from '../support/databases.ts'
import { type FrozenInquiry, freeze } from '../support/letter.ts'
import { anApp } from './an-app.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const digested = (bytes: Uint8Array) => ({ 'Content-Digest': contentDigest(bytes) })

interface Attempt {
  submissionId?: string
  bytes?: Uint8Array<ArrayBuffer>
  headers?: Record<string, string | undefined>
}

async function send(database: Database, attempt: Attempt, letter: FrozenInquiry = freeze()) {
  const bytes = attempt.bytes ?? letter.bytes
  const headers = new Headers({ ...letter.headers, ...digested(bytes) })
  for (const [name, value] of Object.entries(attempt.headers ?? {})) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  const path = `/api/inquiries/${attempt.submissionId ?? letter.submissionId}`
  const response = await anApp(database).ask(path, { method: 'PUT', headers, body: bytes })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const problem = v.parse(ProblemSchema, await response.json())
  expect(problem.status).toBe(response.status)
  return { status: response.status, name: problem.type.replace('urn:luodi:problem:', ''), errors: problem.errors }
}

async function nothingStored({ db }: Database) {
  expect(await db.selectFrom('inquiry').select('submission_id').execute()).toEqual([])
}

onEachDatabase('answers to what is not taken', (store) => {
  it.each([
    ['an id that is no UUID', { submissionId: 'mine' }, 422, 'submission-id'],
    ['another media type', { headers: { 'Content-Type': 'text/plain' } }, 415, 'content-type'],
    ['no media type', { headers: { 'Content-Type': undefined } }, 415, 'content-type'],
    ['another character set', { headers: { 'Content-Type': 'application/json; charset=gbk' } }, 415, 'content-type'],
    ['a compressed body', { headers: { 'Content-Encoding': 'gzip' } }, 415, 'content-type'],
    ['no digest', { headers: { 'Content-Digest': undefined } }, 422, 'digest-missing'],
    ['a digest of another kind', { headers: { 'Content-Digest': 'md5=:AAAA:' } }, 422, 'digest-missing'],
    ['damage on the way', { headers: digested(encode('as it was sent')) }, 400, 'digest-mismatch'],
    ['something that is no JSON', { bytes: encode('{"type":') }, 422, 'body-not-json'],
    ['bytes that are no UTF-8', { bytes: new Uint8Array([0x22, 0xff, 0x22]) }, 422, 'body-not-json'],
    ['a byte order mark', { bytes: encode('\uFEFF{}') }, 422, 'body-not-json'],
    ['JSON that is no inquiry', { bytes: encode('[]') }, 422, 'inquiry-invalid'],
    ['a body above the limit', { bytes: new Uint8Array(MAX_INQUIRY_BYTES + 1) }, 413, 'body-too-large'],
  ] satisfies [string, Attempt, number, string][])('refuses %s', async (_what, attempt, status, name) => {
    const database = await store.open()
    expect(await send(database, attempt)).toMatchObject({ status, name })
    await nothingStored(database)
  })

  it.each([
    { 'Content-Type': 'application/json; charset=utf-8' },
    { 'Content-Type': 'Application/JSON;charset="UTF-8"' },
    { 'Content-Type': 'application/json; charset=utf8; version=1' },
    { 'Content-Type': 'application/json;' },
    { 'Content-Encoding': 'Identity' },
  ])('takes JSON in UTF-8 however that is written: %j', async (headers) => {
    const letter = freeze()
    const { ask } = anApp(await store.open())
    const init = { method: 'PUT', headers: { ...letter.headers, ...headers }, body: letter.bytes }
    expect((await ask(`/api/inquiries/${letter.submissionId}`, init)).status).toBe(201)
  })

  it('names each wrong field, with words in the language asked for', async () => {
    const database = await store.open()
    const letter = freeze({ name: ' ', phone: '12' })
    const chinese = await send(database, {}, letter)
    expect(chinese).toMatchObject({ status: 422, name: 'inquiry-invalid' })
    expect(chinese.errors).toContainEqual({ pointer: '/name', code: 'name.required', message: '请填写姓名' })
    expect(chinese.errors?.map(({ pointer }) => pointer)).toContain('/phone')
    const english = await send(database, { headers: { 'Accept-Language': 'en-GB,en;q=0.8' } }, letter)
    expect(english.errors).toContainEqual({ pointer: '/name', code: 'name.required', message: 'Please give a name' })
  })

  it('takes a body of exactly the limit', async () => {
    const database = await store.open()
    const { bytes, submissionId, headers } = freeze()
    const padded = new Uint8Array(MAX_INQUIRY_BYTES).fill(' '.charCodeAt(0))
    padded.set(bytes)
    const put = { method: 'PUT', headers: { ...headers, ...digested(padded) }, body: padded }
    expect((await anApp(database).ask(`/api/inquiries/${submissionId}`, put)).status).toBe(201)
  })

  it('stops reading a body of unknown length at the limit, stores nothing of one that breaks off, and goes on', async () => {
    const database = await store.open()
    const { fetch: answer, logged } = anApp(database)
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { submissionId, headers } = freeze()
    const url = `http://127.0.0.1:${port}/api/inquiries/${submissionId}`

    const chunk = randomBytes(16 * 1024)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => (stream.enqueue(chunk), void (sent += chunk.length)),
    })
    const options = { method: 'PUT', headers, body: endless, duplex: 'half' } as const
    const tooLarge = await fetch(url, options)
    expect(tooLarge.status).toBe(413)
    expect(sent).toBeLessThan(100 * MAX_INQUIRY_BYTES)

    const socket = connect(port, '127.0.0.1')
    const lines = [`PUT /api/inquiries/${submissionId} HTTP/1.1`, 'Host: x', 'Content-Length: 1000']
    lines.push(...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', '{"type":"contact"')
    socket.end(lines.join('\r\n'))
    await vi.waitFor(() => expect(logged()).toContain('"status":400'))

    const whole = freeze()
    const after = await fetch(url, { method: 'PUT', headers: whole.headers, body: whole.bytes })
    expect(after.status).toBe(201)
    expect(await database.db.selectFrom('inquiry').select('digest').execute()).toEqual([
      { digest: whole.headers['Content-Digest'] },
    ])
    server.close()
  })
})
