import { describe, expect, it } from 'vitest'
import { entryOf, openPhone, putRaw, rawRows, request, tabOf, untilState, untilWaiting } from './support/phone.ts'
import { answerLost, json, lostOnTheWay, portal, problem, silence } from './support/server.ts'

describe('a request on its way', () => {
  it('arrives once and shows the receipt', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    const entry = await untilState(phone, id, 'delivered')
    expect(entry.receipt).toEqual(phone.server.rows.get(id)?.receipt)
    expect(entry.wait).toBeUndefined()
    expect(phone.server.puts()).toHaveLength(1)
  })

  it('is sent with its digest, without cookies, uncached, and never along a redirect', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const [put] = phone.server.puts()
    expect(put?.headers.get('content-type')).toBe('application/json')
    expect(put?.headers.get('content-digest')).toMatch(/^sha-256=:.{43}=:$/)
    expect(put?.init).toMatchObject({ method: 'PUT', cache: 'no-store', credentials: 'omit', redirect: 'manual' })
    expect(JSON.parse(put?.body ?? '')).toMatchObject({ schemaVersion: 1, type: 'contact', name: '王小明', parts: [] })
  })

  it('is stored once when the answer is lost after the server stored it, with the same receipt', async () => {
    const phone = openPhone()
    phone.server.faults = [answerLost]
    const id = await phone.outbox.submit(request)
    const waiting = await untilWaiting(phone, id)
    expect(waiting.wait).toMatchObject({ reason: 'unreachable', nextAttemptAt: phone.time.at + 1000 })
    const receipt = phone.server.rows.get(id)?.receipt
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.receipt).toEqual(receipt)
    expect(phone.server.rows.size).toBe(1)
  })

  it('sends the same bytes at every attempt', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay, () => problem(503, 'busy'), () => portal(), answerLost]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    for (let attempt = 0; attempt < 4; attempt += 1) await phone.outbox.sendNow()
    await untilState(phone, id, 'delivered')
    expect(phone.server.puts()).toHaveLength(5)
    expect(new Set(phone.server.puts().map((put) => put.body + put.headers.get('content-digest'))).size).toBe(1)
    expect(phone.server.puts()[0]?.body).toBe(phone.server.rows.get(id)?.body)
  })

  it.each([200, 201, 403, 404, 422, 503, 511])(
    'is still unsent when a captive portal answers %i with a page',
    async (status) => {
      const phone = openPhone()
      phone.server.weather = () => portal(status)
      const id = await phone.outbox.submit(request)
      expect((await untilWaiting(phone, id)).state).toBe('unsent')
      phone.server.weather = undefined
      expect(await phone.outbox.sendNow()).toBe(0)
      expect((await entryOf(phone, id))?.state).toBe('delivered')
    },
  )

  it('does not believe a receipt for another request or for other bytes', async () => {
    const phone = openPhone()
    const changed = (change: object) => (_seen: unknown, handle: () => Response) =>
      handle()
        .json()
        .then((receipt: object) => json(200, { ...receipt, ...change }))
    phone.server.faults = [
      changed({ submissionId: '00000000-0000-4000-8000-000000000000' }),
      changed({ digest: `sha-256=:${'A'.repeat(43)}=:` }),
    ]
    const id = await phone.outbox.submit(request)
    expect((await untilWaiting(phone, id)).wait?.reason).toBe('notUnderstood')
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('unsent')
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('delivered')
  })

  it('gives up on a request that hears nothing for thirty seconds, and waits', async () => {
    const phone = openPhone()
    phone.server.weather = silence
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'sending')
    await expect.poll(() => phone.server.puts().length).toBe(1)
    const { signal } = phone.server.puts()[0]?.init ?? {}
    expect(signal?.aborted).toBe(false)
    phone.time.pass(30_000)
    expect((await untilWaiting(phone, id)).wait?.reason).toBe('unreachable')
    expect(signal?.aborted).toBe(true)
  })

  it('says that the phone is offline when the browser is sure of it', async () => {
    const phone = openPhone({ isOnline: () => false })
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    expect((await untilWaiting(phone, id)).wait?.reason).toBe('offline')
  })

  it('honours Retry-After and is not hurried by new contact, only by the person', async () => {
    const phone = openPhone()
    phone.server.faults = [() => problem(429, 'slow down', [], { 'retry-after': '120' })]
    const id = await phone.outbox.submit(request)
    const { wait } = await untilWaiting(phone, id)
    expect(wait).toEqual({ reason: 'busy', since: phone.time.at, nextAttemptAt: phone.time.at + 121_000 })
    const stop = phone.outbox.start()
    await expect.poll(() => phone.time.waits).toContain(121_000)
    phone.contact()
    expect(phone.server.puts()).toHaveLength(1)
    await phone.outbox.sendNow()
    expect((await entryOf(phone, id))?.state).toBe('delivered')
    stop()
  })

  it('pauses the whole queue at 403 without dropping anything, until there is contact anew', async () => {
    const phone = openPhone()
    phone.server.weather = () => problem(403, 'not from here')
    const first = await phone.outbox.submit(request)
    expect((await untilWaiting(phone, first)).wait).toEqual({ reason: 'notAllowed', since: phone.time.at })
    phone.time.pass(1)
    const second = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '另一件事' } })
    expect((await entryOf(phone, second))?.attempts).toBe(0)
    expect(await phone.outbox.sendNow()).toBe(2)
    expect((await entryOf(phone, first))?.attempts).toBe(2)
    expect((await entryOf(phone, second))?.attempts).toBe(0)
    const stop = phone.outbox.start()
    await untilWaiting(phone, first, 3)
    phone.server.weather = undefined
    phone.contact()
    await untilState(phone, first, 'delivered')
    await untilState(phone, second, 'delivered')
    stop()
  })

  it('shows which field the server refused, and is not sent again', async () => {
    const phone = openPhone()
    const errors = [{ pointer: '/phone', code: 'phone.format', message: '请填写手机号' }]
    phone.server.faults = [() => problem(422, '请修改', errors)]
    const id = await phone.outbox.submit(request)
    const entry = await untilState(phone, id, 'refused')
    expect(entry.refusal).toEqual({ status: 422, title: '请修改', errors })
    expect(entry.values).toEqual(request.fields)
    expect(await phone.outbox.sendNow()).toBe(0)
    expect(phone.server.puts()).toHaveLength(1)
  })

  it('is corrected: the new request takes the place of the refused one', async () => {
    const phone = openPhone()
    phone.server.faults = [() => problem(422, '请修改')]
    const refused = await phone.outbox.submit(request)
    await untilState(phone, refused, 'refused')
    const corrected = await phone.outbox.submit({
      ...request,
      fields: { ...request.fields, phone: '13900139000' },
      replaces: refused,
    })
    await untilState(phone, corrected, 'delivered')
    expect(await entryOf(phone, refused)).toBeUndefined()
    expect([...phone.server.rows.keys()]).toEqual([corrected])
  })

  it('left at sending by a crash is sent again with the same bytes', async () => {
    const phone = openPhone()
    phone.server.faults = [answerLost]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    const [row] = await rawRows(phone.databaseName, 'entries')
    phone.close()
    await putRaw(phone.databaseName, 'entries', { ...row, state: 'sending' })
    const next = tabOf(phone)
    const stop = next.outbox.start()
    const entry = await untilState(next, id, 'delivered')
    expect(entry.attempts).toBe(2)
    expect(phone.server.rows.size).toBe(1)
    stop()
  })
})
