import { describe, expect, it } from 'vitest'
import { EntryBusyError } from '#outbox/errors.ts'
import { LATE_ARRIVAL } from '#outbox/change.ts'
import { ASK_AFTER_WITHDRAWAL } from '#outbox/tracking.ts'
import { entryOf, openPhone, request, untilState, untilWaiting } from './support/phone.ts'
import { answerLost, type Fault, lostOnTheWay, portal, problem, silence } from './support/server.ts'

async function delivered() {
  const phone = openPhone()
  const id = await phone.outbox.submit(request)
  await untilState(phone, id, 'delivered')
  return { phone, id }
}

describe('the status of a delivered request', () => {
  it('is asked with the tracking key, uncached, and kept with its timeline', async () => {
    const { phone, id } = await delivered()
    phone.server.setStatus(id, '已受理')
    await phone.outbox.refresh()
    const get = phone.server.seen.at(-1)
    expect(get?.headers.get('authorization')).toBe(`Bearer ${phone.server.rows.get(id)?.key ?? ''}`)
    expect(get?.init).toMatchObject({ method: 'GET', cache: 'no-store', credentials: 'omit' })
    const entry = await entryOf(phone, id)
    expect(entry?.status?.timeline.map((step) => step.state)).toEqual(['已送达', '已受理'])
    expect(entry?.statusCheckedAt).toBe(phone.time.at)
  })

  it('is not asked any more when it has ended', async () => {
    const { phone, id } = await delivered()
    phone.server.setStatus(id, '结束')
    await phone.outbox.refresh()
    const asked = phone.server.seen.length
    await phone.outbox.refresh()
    expect(phone.server.seen).toHaveLength(asked)
  })

  it('stays what it was when something else answers', async () => {
    const { phone, id } = await delivered()
    await phone.outbox.refresh()
    const before = await entryOf(phone, id)
    for (const fault of [() => portal(), () => problem(404, '没有'), lostOnTheWay, () => problem(500, 'x')]) {
      phone.server.faults = [fault]
      await phone.outbox.refresh()
    }
    expect(await entryOf(phone, id)).toEqual(before)
  })

  it('is asked of no other when the server wants time, and of none before that is over', async () => {
    const { phone } = await delivered()
    await untilState(
      phone,
      await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } }),
      'delivered',
    )
    const gets = () => phone.server.seen.filter((seen) => seen.method === 'GET').length
    phone.server.weather = () => problem(429, '请稍后再试', [], { 'retry-after': '120' })
    await phone.outbox.refresh()
    expect(gets()).toBe(1)
    phone.server.weather = undefined
    phone.time.pass(119_000)
    await phone.outbox.refresh()
    expect(gets()).toBe(1)
    phone.time.pass(1_000)
    await phone.outbox.refresh()
    expect(gets()).toBe(3)
  })

  it('is asked of no other after a 5xx, a 401 or no answer, and of the others after a 404', async () => {
    const { phone } = await delivered()
    await untilState(
      phone,
      await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } }),
      'delivered',
    )
    const asked = async (fault: Fault) => {
      const before = phone.server.seen.length
      phone.server.faults = [fault]
      await phone.outbox.refresh()
      phone.server.faults = []
      return phone.server.seen.length - before
    }
    expect(await asked(() => problem(503, 'x'))).toBe(1)
    expect(await asked(() => problem(401, 'x'))).toBe(1)
    expect(await asked(lostOnTheWay)).toBe(1)
    expect(await asked(() => problem(404, 'x'))).toBe(2)
  })

  it('is asked again when the clock was set back during such a wait', async () => {
    const { phone, id } = await delivered()
    phone.server.faults = [() => problem(503, 'x', [], { 'retry-after': '3600' })]
    await phone.outbox.refresh()
    phone.server.setStatus(id, '已受理')
    phone.time.at -= 86_400_000
    await phone.outbox.refresh()
    expect((await entryOf(phone, id))?.status?.state).toBe('已受理')
  })

  it('is not asked of requests that have not arrived', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await phone.outbox.refresh()
    expect(phone.server.seen.map((seen) => seen.method)).toEqual(['PUT'])
  })
})

describe('withdrawing', () => {
  it('a delivered request ends it at the server and keeps what was sent to look at', async () => {
    const { phone, id } = await delivered()
    expect(await phone.outbox.withdraw(id)).toBe('withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    const entry = await entryOf(phone, id)
    expect(entry).toMatchObject({ state: 'withdrawn', status: { state: '已撤回' }, values: request.fields })
    expect(await phone.outbox.sendNow()).toBe(0)
  })

  it('is done once more at a server that was restored to before it, for three months', async () => {
    const { phone, id } = await delivered()
    await phone.outbox.withdraw(id)
    const restore = () => phone.server.setStatus(id, '已送达')
    restore()
    await phone.outbox.refresh()
    expect((await entryOf(phone, id))?.state).toBe('withdrawing')
    expect(await phone.outbox.sendNow()).toBe(0)
    expect((await entryOf(phone, id))?.state).toBe('withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    phone.time.pass(ASK_AFTER_WITHDRAWAL - 1)
    const asked = phone.server.seen.length
    await phone.outbox.refresh()
    expect(phone.server.seen).toHaveLength(asked + 1)
    // Being asked does not make it younger.
    phone.time.pass(1)
    restore()
    await phone.outbox.refresh()
    expect(phone.server.seen).toHaveLength(asked + 1)
  })

  it('a request that never left this phone is not asked for afterwards', async () => {
    const phone = openPhone({ locks: { request: () => new Promise(() => {}) } })
    const id = await phone.outbox.submit(request)
    expect(await phone.outbox.withdraw(id)).toBe('withdrawn')
    await phone.outbox.refresh()
    expect(phone.server.seen).toEqual([])
  })

  it('without a network is kept, and done at the next contact', async () => {
    const { phone, id } = await delivered()
    phone.server.weather = lostOnTheWay
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    expect((await entryOf(phone, id))?.state).toBe('withdrawing')
    phone.server.weather = undefined
    const stop = phone.outbox.start()
    await untilState(phone, id, 'withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    stop()
  })

  it('is not believed when a captive portal answers', async () => {
    const { phone, id } = await delivered()
    phone.server.faults = [() => portal(404)]
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    phone.server.faults = [() => portal(200)]
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    expect(await phone.outbox.withdraw(id)).toBe('withdrawn')
  })

  it('a request whose answer was lost reaches the one the server has', async () => {
    const phone = openPhone()
    phone.server.faults = [answerLost]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    expect(await phone.outbox.withdraw(id)).toBe('withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    expect(phone.server.puts()).toHaveLength(1)
  })

  it('a request that may still be on its way waits until it cannot arrive any more, and is never sent again', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    const [put] = phone.server.puts()
    if (put === undefined) throw new Error('nothing was sent')
    // The bytes that the phone had given up on arrive after all.
    phone.server.handle(put)
    expect(phone.server.rows.get(id)?.status.state).toBe('已送达')
    const stop = phone.outbox.start()
    await untilState(phone, id, 'withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
    expect(phone.server.puts()).toHaveLength(1)
    stop()
  })

  it('a request that never arrived is over after a minute', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    phone.time.pass(LATE_ARRIVAL)
    expect(await phone.outbox.sendNow()).toBe(0)
    expect((await entryOf(phone, id))?.state).toBe('withdrawn')
    expect(phone.server.rows.size).toBe(0)
  })

  it('a request while it is being sent: it is withdrawn, whatever its answer', async () => {
    const phone = openPhone()
    let answer = () => {}
    phone.server.faults = [(_seen, handle) => new Promise((resolve) => (answer = () => resolve(handle())))]
    const id = await phone.outbox.submit(request)
    await expect.poll(() => phone.server.puts().length).toBe(1)
    expect(await phone.outbox.withdraw(id)).toBe('notReached')
    answer()
    await phone.outbox.sendNow()
    const entry = await entryOf(phone, id)
    expect(entry?.state).toBe('withdrawn')
    expect(phone.server.rows.get(id)?.status.state).toBe('已撤回')
  })

  it('one that is ended at the server says so, and fetches the receipt that was lost', async () => {
    const phone = openPhone()
    phone.server.faults = [answerLost]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    phone.server.setStatus(id, '结束')
    const row = phone.server.rows.get(id)
    phone.server.faults = [() => Response.json(row?.status)]
    expect(await phone.outbox.withdraw(id)).toBe('declined')
    await phone.outbox.sendNow()
    expect(await entryOf(phone, id)).toMatchObject({ state: 'delivered', receipt: row?.receipt })
  })

  it('one that the server does not hold is done: it lost it, or never had it and cannot get it any more', async () => {
    const { phone, id } = await delivered()
    phone.server.rows.delete(id)
    expect(await phone.outbox.withdraw(id)).toBe('withdrawn')
    expect((await entryOf(phone, id))?.state).toBe('withdrawn')
    phone.server.faults = [lostOnTheWay]
    const another = await phone.outbox.submit({ ...request, fields: { ...request.fields, message: '又' } })
    await untilWaiting(phone, another)
    phone.time.pass(LATE_ARRIVAL)
    expect(await phone.outbox.withdraw(another)).toBe('withdrawn')
    expect((await entryOf(phone, another))?.state).toBe('withdrawn')
  })

  it('one that is not on this phone is not done', async () => {
    const phone = openPhone()
    expect(await phone.outbox.withdraw('b3f1a2c4-5d6e-4f70-8a9b-0c1d2e3f4a5b')).toBe('declined')
  })
})

describe('deleting from this phone', () => {
  it('is refused while the request is on its way, and while it is being withdrawn', async () => {
    const phone = openPhone()
    phone.server.weather = silence
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'sending')
    await expect(phone.outbox.remove(id)).rejects.toBeInstanceOf(EntryBusyError)
    await expect.poll(() => phone.time.waits).toContain(30_000)
    phone.time.pass(30_000)
    await untilWaiting(phone, id)
    phone.server.weather = lostOnTheWay
    await phone.outbox.withdraw(id)
    await expect(phone.outbox.remove(id)).rejects.toBeInstanceOf(EntryBusyError)
  })

  it('takes away a delivered one without telling the server', async () => {
    const { phone, id } = await delivered()
    await phone.outbox.remove(id)
    expect(await entryOf(phone, id)).toBeUndefined()
    expect(phone.server.rows.get(id)?.status.state).toBe('已送达')
  })
})
