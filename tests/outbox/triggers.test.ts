import { describe, expect, it } from 'vitest'
import { REFRESH_INTERVAL } from '#outbox/triggers.ts'
import { entryOf, openPhone, request, sendersOf, tabOf, until, untilState, untilWaiting } from './support/phone.ts'
import { lostOnTheWay, problem } from './support/server.ts'

const timer = (phone: ReturnType<typeof openPhone>, ms: number) => expect.poll(() => phone.time.waits).toContain(ms)

describe('by itself', () => {
  it('tries again at the time of the next attempt, with longer waits each time', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const stop = phone.outbox.start()
    const id = await phone.outbox.submit(request)
    for (const [index, wait] of [1000, 2000, 4000, 8000].entries()) {
      await untilWaiting(phone, id, index + 1)
      await timer(phone, wait)
      expect(phone.server.puts()).toHaveLength(index + 1)
      phone.time.pass(wait)
    }
    await untilWaiting(phone, id, 5)
    phone.server.weather = undefined
    await timer(phone, 16_000)
    phone.time.pass(16_000)
    await untilState(phone, id, 'delivered')
    await expect.poll(() => phone.time.waits).toEqual([])
    stop()
  })

  it('tries at once when there is a network again', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const stop = phone.outbox.start()
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    phone.server.weather = undefined
    phone.contact()
    await untilState(phone, id, 'delivered')
    stop()
  })

  it('tries at start what an earlier visit left', async () => {
    const before = openPhone()
    before.server.weather = lostOnTheWay
    const id = await before.outbox.submit(request)
    await untilWaiting(before, id)
    await expect.poll(() => sendersOf(before)).toEqual([])
    before.close()
    before.server.weather = undefined
    const phone = tabOf(before)
    const stop = phone.outbox.start()
    await untilState(phone, id, 'delivered')
    stop()
  })

  it('goes on when a timer ran too early to find anything due', async () => {
    const phone = openPhone()
    phone.server.faults = [() => problem(503, 'busy', [], { 'retry-after': '10' })]
    const stop = phone.outbox.start()
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await timer(phone, 11_000)
    phone.time.at += 10_500
    phone.time.runEarly()
    await timer(phone, 500)
    expect(phone.server.puts()).toHaveLength(1)
    phone.time.pass(500)
    await untilState(phone, id, 'delivered')
    stop()
  })

  it('does nothing any more after it was stopped', async () => {
    const phone = openPhone()
    phone.server.weather = lostOnTheWay
    const stop = phone.outbox.start()
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await timer(phone, 1000)
    stop()
    phone.contact()
    expect(phone.time.waits).toEqual([])
    expect((await entryOf(phone, id))?.attempts).toBe(1)
  })

  it('tries after a jump of the clock, either way, instead of waiting for years', async () => {
    const phone = openPhone()
    phone.server.faults = [() => problem(503, 'busy', [], { 'retry-after': '60' })]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    phone.time.at -= 3 * 365 * 86_400_000
    const stop = phone.outbox.start()
    await untilState(phone, id, 'delivered')
    stop()
  })

  it('asks for statuses at contact, at most once a minute', async () => {
    const phone = openPhone()
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    const gets = () => phone.server.seen.filter((seen) => seen.method === 'GET').length
    const stop = phone.outbox.start()
    await until(phone.outbox.entry(id), (entry) => entry?.status?.state === '已送达')
    phone.server.setStatus(id, '已受理')
    phone.contact()
    await phone.outbox.sendNow()
    expect(gets()).toBe(1)
    phone.time.pass(REFRESH_INTERVAL)
    phone.contact()
    await until(phone.outbox.entry(id), (entry) => entry?.status?.state === '已受理')
    expect(gets()).toBe(2)
    stop()
  })
})
