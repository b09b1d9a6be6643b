import { serve } from '@hono/node-server'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, it, vi } from 'vitest'
import { PART_CHUNK_BYTES, PartProgressSchema } from '#domain/inquiry/parts.ts'
import { ProblemSchema } from '#domain/problem.ts'
import { fileStore } from '#server/attachments/file-store.ts'
import type { AttachmentStore } from '#server/attachments/store.ts'
import type { Database } from '#server/db/database.ts'
import { type Attachment, attachment, piece } from '../support/attachment.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze, type FrozenInquiry } from '../support/letter.ts'
import { temporaryFolder } from '../support/server.ts'
import { anApp, ATTACHMENTS } from './an-app.ts'
import type { Ask } from './feed-reader.ts'

const KB = 1024

onEachDatabase('files of an inquiry', (store) => {
  async function announced(...files: Attachment[]) {
    const database = await store.open()
    const { ask, fetch, logged } = anApp(database)
    const letter = freeze({ parts: files.map(({ part }) => part) })
    await deliver(ask, letter)
    const put = async (file: Attachment, from?: number, to?: number, headers: Record<string, string> = {}) => {
      const { path, init } = piece(letter, file, from, to)
      return read(await ask(path, { ...init, headers: { ...init.headers, ...headers } }))
    }
    return { database, ask, fetch, logged, letter, put }
  }

  it('come piece by piece, each acknowledged when it is durable, until the whole has its digest', async () => {
    const file = attachment(600 * KB)
    const { database, ask, letter, put } = await announced(file)
    expect(await missing(ask, letter)).toEqual([file.part.sha256])
    const { sha256 } = file.part
    expect(await put(file, 0, PART_CHUNK_BYTES)).toMatchObject({ status: 200, body: { sha256, offset: 262_144 } })
    expect(await put(file, PART_CHUNK_BYTES, 2 * PART_CHUNK_BYTES)).toMatchObject({ body: { complete: false } })
    expect(await missing(ask, letter)).toEqual([sha256])
    const last = await put(file, 2 * PART_CHUNK_BYTES)
    expect(last).toMatchObject({ status: 200, body: { sha256, offset: 600 * KB, complete: true } })
    expect(last.headers.get('cache-control')).toBe('no-store')
    expect(await missing(ask, letter)).toBeUndefined()
    expect((await stored(database, letter)).equals(Buffer.from(file.bytes))).toBe(true)
    expect(await put(file, 0, 10)).toMatchObject({ status: 200, body: { offset: 600 * KB, complete: true } })
  })

  it('can come whole, without a range', async () => {
    const [file, tiny] = [attachment(1000), attachment(10)]
    const { ask, letter } = await announced(file, tiny)
    for (const one of [file, tiny]) {
      const { path, init } = piece(letter, one)
      const { 'Content-Range': _range, ...headers } = init.headers
      const answer = await read(await ask(path, { ...init, headers }))
      expect(answer).toMatchObject({ status: 200, body: { offset: one.bytes.length, complete: true } })
    }
  })

  it('wait on the phone while the disk is too full for them, and lose nothing by it', async () => {
    const file = attachment(1000)
    const { database, ask, letter, put } = await announced(file)
    await put(file, 0, 400)
    const full = anApp(database, { attachments: fileStore(join(temporaryFolder(), 'full'), Number.MAX_SAFE_INTEGER) })
    const { path, init } = piece(letter, file, 400, 1000)
    const answer = await read(await full.ask(path, init))
    expect(answer).toMatchObject({ status: 503, name: 'unavailable' })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await deliver(full.ask, freeze())
    expect(await missing(ask, letter)).toEqual([file.part.sha256])
    expect(await put(file, 400, 1000)).toMatchObject({ body: { offset: 1000, complete: true } })
  })

  it('go on only where they end: anything else is told where that is', async () => {
    const file = attachment(1000)
    const { put } = await announced(file)
    await put(file, 0, 400)
    for (const [from, to] of [
      [0, 400],
      [0, 1000],
      [399, 500],
      [401, 1000],
    ] as const) {
      const answer = await put(file, from, to)
      expect(answer).toMatchObject({ status: 416, name: 'part-offset' })
      expect(answer.headers.get('upload-offset')).toBe('400')
    }
    expect(await put(file, 400, 1000)).toMatchObject({ body: { offset: 1000, complete: true } })
  })

  it('are refused when a range is malformed or does not fit, and when there is too much at once', async () => {
    const file = attachment(300 * KB)
    const { put } = await announced(file)
    for (const range of [
      'bytes 0-9',
      'bytes 0-9/*',
      'bytes 9-0/307200',
      'bytes 0-9/10',
      'lines 0-9/307200',
      'bytes 0-307200/307200',
    ])
      expect(await put(file, 0, 10, { 'Content-Range': range })).toMatchObject({ status: 422, name: 'part-range' })
    expect(await put(file, 0, 20, { 'Content-Range': 'bytes 0-9/307200' })).toMatchObject({ status: 422 })
    expect(await put(file, 0, PART_CHUNK_BYTES + 1)).toMatchObject({ status: 413, name: 'part-chunk' })
    expect(await put(file, 0, 10)).toMatchObject({ status: 200, body: { offset: 10 } })
  })

  it('tell a wrong key, an unknown inquiry and a file that was not announced apart by nothing', async () => {
    const [file, other] = [attachment(100), attachment(100)]
    const { ask, letter } = await announced(file)
    const send = (of: FrozenInquiry, what = file) => {
      const { path, init } = piece(of, what)
      return ask(path, init)
    }
    const seen = await Promise.all([
      send({ ...letter, trackingKey: freeze().trackingKey }),
      send({ ...letter, submissionId: randomUUID() }),
      send({ ...letter, submissionId: 'no-uuid' }),
      send(letter, other),
      send(letter, { ...file, part: { ...file.part, sha256: '%00' } }),
    ])
    const told = await Promise.all(seen.map(async (one) => [one.status, [...one.headers], await one.text()]))
    expect(told[0]?.[0]).toBe(404)
    for (const one of told) expect(one).toEqual(told[0])
    expect(await read(await ask(`/api/inquiries/${letter.submissionId}`, authorized(letter)))).toMatchObject({
      status: 200,
    })
    expect(told[0]?.[2]).toContain('inquiry-not-found')
  })

  it('are refused when their content is of another type, as soon as that can be seen, and nothing of them is kept', async () => {
    const [whole, split] = [attachment(100, { type: 'image/png' }), attachment(100, { type: 'image/png' })]
    for (const file of [whole, split]) file.part.type = 'application/pdf'
    const { database, letter, put } = await announced(whole, split)
    expect(await put(whole, 0, 50)).toMatchObject({
      status: 415,
      name: 'part-type',
      errors: [{ pointer: '/parts/0', code: 'parts.type', message: '附件只能是照片或 PDF' }],
    })
    expect(await put(split, 0, 5)).toMatchObject({ status: 200, body: { offset: 5 } })
    expect(await put(split, 5, 50)).toMatchObject({ status: 415, errors: [{ pointer: '/parts/1' }] })
    expect(await stored(database, letter)).toHaveLength(0)
    expect(await namesOf(letter)).toEqual([])
  })

  it('are dropped when all bytes are there and are another file, and can be sent again', async () => {
    const file = attachment(500)
    const { letter, put } = await announced(file)
    const damaged = { ...file, bytes: file.bytes.map((byte, at) => (at === 450 ? byte ^ 1 : byte)) }
    await put(damaged, 0, 400)
    const answer = await put(damaged, 400)
    expect(answer).toMatchObject({ status: 400, name: 'part-digest' })
    expect(answer.headers.get('upload-offset')).toBe('0')
    expect(await namesOf(letter)).toEqual([])
    expect(await put(file)).toMatchObject({ body: { complete: true } })
  })

  it('keep what came of a request that broke off: the next goes on at that very byte', async () => {
    const file = attachment(200 * KB)
    const { database, fetch: answer, letter, logged, put } = await announced(file)
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    const { path, init } = piece(letter, file)
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    const head = [`PUT ${path} HTTP/1.1`, 'Host: x', `Content-Length: ${file.bytes.length}`]
    head.push(...Object.entries(init.headers).map(([name, value]) => `${name}: ${value}`), '', '')
    socket.write(head.join('\r\n'))
    socket.write(file.bytes.subarray(0, 70_001), () => socket.end())
    await vi.waitFor(() => expect(logged()).toContain('"status":400'))
    server.close()
    const offset = Number((await put(file, file.bytes.length - 1)).headers.get('upload-offset'))
    expect(offset).toBe(70_001)
    expect((await stored(database, letter)).equals(Buffer.from(file.bytes.subarray(0, offset)))).toBe(true)
    expect(await put(file, offset)).toMatchObject({ body: { complete: true } })
  })

  it('are whole when two processes are sent the same pieces at once', async () => {
    const databases = [await store.open(), await store.open()] as const
    const asks = databases.map((database) => anApp(database).ask)
    const file = attachment(40 * KB)
    const letter = freeze({ parts: [file.part] })
    for (const ask of asks) await deliver(ask, letter)
    for (let from = 0; from < file.bytes.length; from += 10 * KB) {
      const { path, init } = piece(letter, file, from, from + 10 * KB)
      const answers = await Promise.all([...asks, ...asks].map(async (ask) => read(await ask(path, init))))
      // The winner says where the file goes on, and so do the others, as a progress or as the offset they should have known.
      for (const { status } of answers) expect([200, 416]).toContain(status)
      expect(answers.some(({ status }) => status === 200)).toBe(true)
    }
    expect(await missing(asks[0] as Ask, letter)).toBeUndefined()
    expect((await stored(databases[0], letter)).equals(Buffer.from(file.bytes))).toBe(true)
    expect(await namesOf(letter)).toHaveLength(4)
  })

  it('are finished after a crash between the last piece and the look at the whole', async () => {
    const file = attachment(1000)
    const { database, put } = await announced(file)
    await put(file)
    await database.db.updateTable('part').set({ complete_at: null }).execute()
    expect(await put(file, 0, 10)).toMatchObject({ status: 200, body: { offset: 1000, complete: true } })
  })

  it('are asked for again when the store lost a piece, and kept when the store only fails', async () => {
    const file = attachment(1000)
    const { database, letter, put } = await announced(file)
    await put(file, 0, 500)
    const failing: AttachmentStore = { ...ATTACHMENTS, read: () => Promise.reject(new Error('no answer')) }
    const { path, init } = piece(letter, file, 500)
    expect((await anApp(database, { attachments: failing }).ask(path, init)).status).toBe(500)
    await ATTACHMENTS.drop(await namesOf(letter))
    expect(await put(file, 500)).toMatchObject({ status: 400, name: 'part-digest' })
    expect(await put(file)).toMatchObject({ body: { complete: true } })
  })

  it('are gone with 撤回, and no more of them is wanted', async () => {
    const [file, late] = [attachment(1000), attachment(1000)]
    const { database, ask, letter, put } = await announced(file, late)
    await put(file)
    await put(late, 0, 100)
    const path = `/api/inquiries/${letter.submissionId}`
    const withdrawn = await read(await ask(path, { method: 'DELETE', ...authorized(letter) }))
    expect(withdrawn.body).not.toHaveProperty('missingParts')
    expect(await put(late, 100)).toMatchObject({ status: 200, body: { complete: true } })
    expect(await namesOf(letter)).toEqual([])
    expect(await database.db.selectFrom('part').select('name').execute()).toEqual([])
    expect(await database.db.selectFrom('part_chunk').select('blob').execute()).toEqual([])
  })

  it('leave nothing behind when 撤回 races with a piece', async () => {
    const databases = [await store.open(), await store.open()] as const
    const [one, other] = databases.map((database) => anApp(database).ask) as [Ask, Ask]
    for (let round = 0; round < 10; round++) {
      const file = attachment(1000)
      const letter = freeze({ parts: [file.part] })
      await deliver(one, letter)
      const { path, init } = piece(letter, file)
      const [answer] = await Promise.all([
        one(path, init),
        other(`/api/inquiries/${letter.submissionId}`, { method: 'DELETE', ...authorized(letter) }),
      ])
      expect(v.parse(PartProgressSchema, await answer.json()).complete).toBe(true)
      expect(await namesOf(letter)).toEqual([])
    }
    expect(await databases[0].db.selectFrom('part_chunk').select('blob').execute()).toEqual([])
  })

  it('are never served', async () => {
    const file = attachment(100)
    const { ask, letter, put } = await announced(file)
    await put(file)
    const answer = await ask(piece(letter, file).path, authorized(letter))
    expect(answer.status).toBe(405)
  })
})

const authorized = ({ trackingKey }: FrozenInquiry) => ({ headers: { Authorization: `Bearer ${trackingKey}` } })

async function deliver(ask: Ask, { submissionId, bytes, headers }: FrozenInquiry): Promise<void> {
  const { status } = await ask(`/api/inquiries/${submissionId}`, { method: 'PUT', headers, body: bytes })
  expect([200, 201]).toContain(status)
}

async function read(response: Response) {
  const json: unknown = await response.json()
  const problem = v.safeParse(ProblemSchema, json)
  const { status, headers } = response
  if (!problem.success) return { status, headers, body: json }
  return { status, headers, name: problem.output.type.replace('urn:luodi:problem:', ''), errors: problem.output.errors }
}

async function missing(ask: Ask, letter: FrozenInquiry): Promise<unknown> {
  const status = (await (await ask(`/api/inquiries/${letter.submissionId}`, authorized(letter))).json()) as object
  return 'missingParts' in status ? status.missingParts : undefined
}

/** What the store holds of an inquiry. */
async function namesOf({ submissionId }: FrozenInquiry): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of ATTACHMENTS.list()) if (name.startsWith(submissionId)) names.push(name)
  return names
}

/** The bytes that the database says are there. */
async function stored({ db }: Database, { submissionId }: FrozenInquiry): Promise<Buffer> {
  const query = db.selectFrom('part_chunk').select('blob').where('submission_id', '=', submissionId).orderBy('start')
  const pieces = await Promise.all((await query.execute()).map(({ blob }) => ATTACHMENTS.read(blob)))
  return Buffer.concat(pieces.map((bytes) => bytes ?? Buffer.from('lost')))
}
