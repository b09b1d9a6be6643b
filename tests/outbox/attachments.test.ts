import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { sha256Hex } from '#domain/digest.ts'
import { MAX_PARTS, PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import { correctionKey, earlierKey } from '#outbox/draft-key.ts'
import type { AttachmentError } from '#outbox/errors.ts'
import { KEEP_BYTES } from '#outbox/settled-bytes.ts'
import {
  entryOf,
  exported,
  openPhone,
  type Phone,
  putRaw,
  rawRows,
  request,
  until,
  untilState,
} from './support/phone.ts'
import { add, BIG, held, photo } from './support/files.ts'
import { answerLost, damaged, lostOnTheWay, portal, problem } from './support/server.ts'

const ofDraft = (phone: Phone) => until(phone.attachments.ofDraft(request.draftKey), () => true)
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    () => 'added',
    (error: AttachmentError) => error.reason,
  )

/** Each time that whole rows of a store are asked for. */
function readsOf(store: string): string[] {
  const reads: string[] = []
  for (const method of ['get', 'getAll', 'openCursor'] as const) {
    const real = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, method)?.value as (
      ...all: unknown[]
    ) => IDBRequest
    const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...all: unknown[]
    ) {
      if (this.name === store) reads.push(method)
      return real.apply(this, all)
    })
    onTestFinished(() => spy.mockRestore())
  }
  return reads
}

describe('a file on a form', () => {
  it('is on disk when it is added, once, and named by its content', async () => {
    const phone = openPhone()
    await add(phone)
    await add(phone, photo(), '同一张.jpg')
    phone.close()
    const again = openPhone({ databaseName: phone.databaseName })
    expect(await ofDraft(again)).toMatchObject([{ name: '现场.jpg', type: 'image/jpeg', bytes: 10, sent: 0 }])
    expect(await again.attachments.read(sha256Hex(photo()))).toEqual(photo())
  })

  it.each([
    ['type', new TextEncoder().encode('<script>'), '照片.jpg'],
    ['empty', new Uint8Array(), '照片.jpg'],
    ['name', photo(), '11010519491231002X.jpg'],
    ['tooLarge', photo(50 * 1024 * 1024 + 1), '照片.jpg'],
  ])('is refused as %s', async (reason, data, name) => {
    const phone = openPhone()
    expect(await reasonOf(add(phone, data, name))).toBe(reason)
    expect(await ofDraft(phone)).toEqual([])
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
  })

  it('is refused after ten, and past fifty megabytes together', async () => {
    const phone = openPhone()
    await add(phone, photo(50 * 1024 * 1024 - 5))
    expect(await reasonOf(add(phone, photo(6, 2)))).toBe('tooLarge')
    for (let n = 1; n < MAX_PARTS; n += 1) {
      const files = await ofDraft(phone)
      await phone.attachments.remove(files[0]!.id)
      await add(phone, photo(10, n))
      await add(phone, photo(10, n + 100))
    }
    expect(await reasonOf(add(phone, photo(10, 99)))).toBe('tooMany')
  })

  it('keeps its ending when its name is long', async () => {
    const phone = openPhone()
    await add(phone, photo(), `${'长'.repeat(300)}.jpeg`)
    const [file] = await ofDraft(phone)
    expect(file?.name).toHaveLength(120)
    expect(file?.name.endsWith('.jpeg')).toBe(true)
  })

  it('taken off leaves nothing, unless another one has the same bytes', async () => {
    const phone = openPhone()
    await add(phone)
    await phone.attachments.add('settlement', { name: 'b.jpg', data: photo() })
    const [file] = await ofDraft(phone)
    await phone.attachments.remove(file!.id)
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toHaveLength(1)
    const [other] = await until(phone.attachments.ofDraft('settlement'), () => true)
    await phone.attachments.remove(other!.id)
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
  })
})

describe('a request with files', () => {
  it('is delivered when the last of them is there, and not before', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    await add(phone, photo(10, 2))
    const states = new Set<string>()
    const id = await phone.outbox.submit(request)
    phone.outbox.entry(id).subscribe(
      (entry) => void states.add(`${entry?.state} ${entry?.partsLeft}`),
      () => {},
    )
    await untilState(phone, id, 'delivered')
    expect(held(phone, id)).toEqual([sha256Hex(BIG), sha256Hex(photo(10, 2))])
    expect(phone.server.pieces().map(({ headers }) => headers.get('content-range'))).toEqual([
      `bytes 0-${PART_CHUNK_BYTES - 1}/${BIG.length}`,
      `bytes ${PART_CHUNK_BYTES}-${2 * PART_CHUNK_BYTES - 1}/${BIG.length}`,
      `bytes ${2 * PART_CHUNK_BYTES}-${BIG.length - 1}/${BIG.length}`,
      'bytes 0-9/10',
    ])
    expect(states).not.toContain('delivered 1')
    expect(await ofDraft(phone)).toEqual([])
  })

  it('is read from the disk once, however many pieces it goes in, and not at all to be sent again or copied', async () => {
    const phone = openPhone({ bucket: undefined })
    const reads = readsOf('attachmentBytes')
    await add(phone, BIG)
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    expect(phone.server.pieces()).toHaveLength(3)
    expect(reads).toEqual(['get'])
    await phone.attachments.copy(id, 'correct')
    phone.server.rows.clear()
    await phone.outbox.refresh()
    expect(await entryOf(phone, id)).toMatchObject({ state: 'unsent', partsLeft: 1 })
    expect(reads).toEqual(['get'])
  })

  it('submitted twice takes its files once', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await phone.drafts.save(request.draftKey, request.fields)
    await add(phone)
    const ids = [await phone.outbox.submit(request), await phone.outbox.submit(request)]
    expect(new Set(ids).size).toBe(1)
    expect(await rawRows(phone.databaseName, 'attachments')).toMatchObject([{ owner: `entry/${ids[0]}` }])
  })

  it('goes on at the byte where it broke off', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'attaching')
    // The server keeps what came of a piece that was cut.
    const cut = phone.server.rows.get(id)!
    phone.server.weather = (seen, handle) => {
      if (seen.part === undefined) return handle()
      cut.parts.set(seen.part, BIG.slice(0, PART_CHUNK_BYTES + 1000))
      throw new TypeError('Failed to fetch')
    }
    await until(phone.outbox.entry(id), (entry) => entry?.wait?.reason === 'unreachable')
    phone.server.weather = undefined
    const before = phone.server.pieces().length
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('delivered')
    const ranges = phone.server
      .pieces()
      .slice(before)
      .map(({ headers }) => headers.get('content-range'))
    expect(ranges).toContainEqual(expect.stringMatching(`^bytes ${PART_CHUNK_BYTES + 1000}-`))
    expect(held(phone, id)).toEqual([sha256Hex(BIG)])
  })

  it.each([
    ['an answer that is lost', answerLost],
    ['a piece that is lost', lostOnTheWay],
    ['a captive portal', () => portal()],
    ['a server that is busy', () => problem(503, 'busy')],
    ['bytes that arrived damaged', () => damaged()],
  ])('survives %s', async (_name, fault) => {
    const phone = openPhone()
    await add(phone, BIG)
    let faults = 2
    phone.server.weather = (seen, handle) => {
      if (seen.part === undefined || faults === 0) return handle()
      faults -= 1
      return fault(seen, handle)
    }
    const id = await phone.outbox.submit(request)
    await phone.outbox.sendNow()
    await phone.outbox.sendNow()
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('delivered')
    expect(held(phone, id)).toEqual([sha256Hex(BIG)])
    expect(phone.server.rows.size).toBe(1)
  })

  it('waits when the server comes no further, instead of asking again and again', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    let asked = 0
    phone.server.weather = (seen, handle) => {
      if (seen.part === undefined) return handle()
      asked += 1
      return problem(416, '从已收到处续传', [], { 'upload-offset': '0' })
    }
    const id = await phone.outbox.submit(request)
    const entry = await until(
      phone.outbox.entry(id),
      (value) => value?.state === 'attaching' && value.wait !== undefined,
    )
    expect(entry?.wait?.nextAttemptAt).toBeGreaterThan(phone.time.at)
    expect(asked).toBe(1)
  })

  it('gets through a line on which a whole piece is cut off, in smaller pieces, and in longer ones again', async () => {
    const phone = openPhone()
    await add(phone, BIG)
    const cutOff = 40_000
    phone.server.weather = (seen, handle) => {
      if ((seen.init.body as Uint8Array).length > cutOff) throw new TypeError('Failed to fetch')
      return handle()
    }
    const id = await phone.outbox.submit(request)
    const sizes = () => phone.server.pieces().map(({ init }) => (init.body as Uint8Array).length)
    for (let tries = 0; tries < 60 && (await phone.outbox.sendNow()) > 0;) tries += 1
    expect((await entryOf(phone, id))?.state).toBe('delivered')
    expect(held(phone, id)).toEqual([sha256Hex(BIG)])
    expect(sizes().slice(0, 5)).toEqual([1, 1 / 2, 1 / 4, 1 / 8, 3 / 16].map((part) => PART_CHUNK_BYTES * part))
    phone.server.weather = undefined
    const sent = sizes().length
    await add(phone, photo(12 * PART_CHUNK_BYTES, 3), '长.jpg')
    const another = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } })
    await untilState(phone, another, 'delivered')
    expect(sizes().slice(sent)).toContain(PART_CHUNK_BYTES)
  })

  it('that was being corrected is deleted with the text and the files of the correction', async () => {
    const phone = openPhone()
    await phone.attachments.add('contact', { name: '现场.jpg', data: photo() })
    phone.server.faults = [() => problem(422, '不行', [], {}, 'urn:luodi:problem:inquiry-invalid')]
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'refused')
    const correction = correctionKey(id)
    await phone.drafts.save(correction, { name: '王小明' })
    await phone.drafts.save(earlierKey(correction), { '/company/fax': '021-1' })
    await phone.attachments.copy(id, correction)
    await phone.attachments.add(correction, { name: '另一张.jpg', data: photo(60_000, 2) })
    await phone.drafts.save('contact', { name: '李' })
    await phone.outbox.remove(id)
    expect((await rawRows(phone.databaseName, 'drafts')).map(({ key }) => key)).toEqual(['contact'])
    expect(await rawRows(phone.databaseName, 'attachments')).toEqual([])
    expect(await rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
  })

  it('whose file is refused needs a person; correcting it takes back what the server holds', async () => {
    const phone = openPhone()
    await add(phone)
    phone.server.weather = (seen, handle) => (seen.part === undefined ? handle() : problem(415, '不是照片'))
    const id = await phone.outbox.submit(request)
    const refused = await untilState(phone, id, 'refused')
    expect(refused.refusal?.title).toBe('不是照片')
    phone.server.weather = undefined
    await phone.attachments.copy(id, 'correct')
    const corrected = await phone.outbox.submit({ ...request, draftKey: 'correct', replaces: id })
    await untilState(phone, corrected, 'delivered')
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    expect(held(phone, corrected)).toEqual([sha256Hex(photo())])
  })

  it('whose bytes were damaged on this phone needs a person, instead of being sent for ever', async () => {
    const phone = openPhone()
    await add(phone, photo(10, 2), '另一张.jpg')
    await add(phone)
    const sha256 = sha256Hex(photo())
    await putRaw(phone.databaseName, 'attachmentBytes', { sha256, data: photo(10, 3) })
    const id = await phone.outbox.submit(request)
    const entry = await untilState(phone, id, 'refused')
    expect(entry).toMatchObject({ partsGone: [{ sha256, name: '现场.jpg' }], receipt: { submissionId: id } })
    expect(phone.server.pieces()).toHaveLength(2)
    // What is asked to be given anew is not taken over into the correction.
    await phone.attachments.copy(id, 'correct')
    expect(await until(phone.attachments.ofDraft('correct'), () => true)).toMatchObject([{ name: '另一张.jpg' }])
    await phone.attachments.add('correct', { name: '现场.jpg', data: photo() })
    const corrected = await phone.outbox.submit({ ...request, draftKey: 'correct', replaces: id })
    await untilState(phone, corrected, 'delivered')
    expect(held(phone, corrected)).toContain(sha256)
  })

  it.each([
    ['row cannot be read', 'attachments', (row: object) => ({ ...row, type: 'video/mp4' })],
    ['bytes cannot be read', 'attachmentBytes', (row: object) => ({ ...row, data: 'somewhere else' })],
    ['bytes are not all there', 'attachmentBytes', (row: object) => ({ ...row, data: photo().slice(0, 7) })],
  ])('whose %s is not called delivered', async (_what, store, spoil) => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await add(phone)
    const id = await phone.outbox.submit(request)
    await phone.outbox.sendNow()
    const [row] = await rawRows(phone.databaseName, store)
    await putRaw(phone.databaseName, store, spoil(row!))
    phone.server.weather = undefined
    await phone.outbox.sendNow()
    expect(await entryOf(phone, id)).toMatchObject({
      state: 'refused',
      partsLeft: 1,
      partsGone: [{ name: '现场.jpg' }],
    })
    expect(await rawRows(phone.databaseName, store)).toEqual([spoil(row!)])
  })

  it('lets words go first', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await add(phone, BIG)
    const heavy = await phone.outbox.submit(request)
    const light = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '只有文字' } })
    phone.server.weather = undefined
    await phone.outbox.sendNow()
    const order = phone.server.seen
      .filter(({ init }) => init.method === 'PUT')
      .map(({ id, part }) => `${id} ${part !== undefined}`)
    expect(order.lastIndexOf(`${light} false`)).toBeLessThan(order.indexOf(`${heavy} true`))
  })

  it('takes its bytes along when it is deleted, and drops them a month after it arrived', async () => {
    const phone = openPhone()
    await add(phone)
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    phone.time.pass(KEEP_BYTES + 2 * 60 * 60_000)
    const stop = phone.outbox.start()
    await expect.poll(() => rawRows(phone.databaseName, 'attachmentBytes')).toEqual([])
    stop()
    expect(await until(phone.attachments.ofEntry(id), () => true)).toMatchObject([{ name: '现场.jpg' }])
    await phone.outbox.remove(id)
    expect(await rawRows(phone.databaseName, 'attachments')).toEqual([])
  })

  it('is exported with its files', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await add(phone)
    const id = await phone.outbox.submit(request)
    const { requests } = JSON.parse(await exported(phone)) as {
      requests: Record<string, { attachments: { name: string; base64: string }[] }>
    }
    const [file] = requests[id]?.attachments ?? []
    expect(Uint8Array.from(atob(file?.base64 ?? ''), (char) => char.charCodeAt(0))).toEqual(photo())
  })

  it('is exported without making one text of all of its bytes', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    await add(phone, BIG)
    await add(phone, photo(PART_CHUNK_BYTES, 2), '另一张.jpg')
    const id = await phone.outbox.submit(request)
    let longest = 0
    const real = Blob
    vi.stubGlobal(
      'Blob',
      class extends real {
        constructor(parts: BlobPart[], options?: BlobPropertyBag) {
          super(parts, options)
          for (const part of parts) if (typeof part === 'string') longest = Math.max(longest, part.length)
        }
      },
    )
    onTestFinished(() => void vi.unstubAllGlobals())
    const file = JSON.parse(await exported(phone)) as {
      requests: Record<string, { attachments: { sha256: string; base64: string }[] }>
    }
    const read = file.requests[id]!.attachments.map(({ base64 }) =>
      Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
    )
    expect(read.map(sha256Hex)).toEqual(file.requests[id]!.attachments.map(({ sha256 }) => sha256))
    expect(read.map(({ length }) => length)).toEqual([BIG.length, PART_CHUNK_BYTES])
    expect(longest).toBeLessThanOrEqual(PART_CHUNK_BYTES)
  })
})
