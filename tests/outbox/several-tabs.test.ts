import { describe, expect, it } from 'vitest'
import { PART_CHUNK_BYTES } from '#domain/inquiry/parts.ts'
import type { Locks } from '#outbox/platform.ts'
import { LEASE_TIME, PATIENCE, SENDER_LOCK } from '#outbox/sender-lock.ts'
import {
  entryOf,
  openPhone,
  putRaw,
  rawRows,
  request,
  sendersOf,
  tabOf,
  untilState,
  untilWaiting,
} from './support/phone.ts'
import { type Fault, lostOnTheWay, portal } from './support/server.ts'

/** Web Locks under names of one test. */
function freshLocks(prefix: string = crypto.randomUUID()): Locks {
  return {
    request: (name, options, work) => navigator.locks.request(prefix + name, options, work),
  }
}

/** Holds answers back until told, so that attempts overlap for certain. */
function gate(): { fault: Fault; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { fault: (_seen, handle) => opened.then(handle), open: () => open() }
}

/** A worker that takes a Web Lock and never lets go, until it is killed. */
async function holderOf(name: string): Promise<Worker> {
  const code = `navigator.locks.request(${JSON.stringify(name)}, () => { postMessage('held'); return new Promise(() => {}) })`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(url)
  await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }))
  URL.revokeObjectURL(url)
  return worker
}

describe('several tabs and the worker', () => {
  it.each([
    ['Web Locks', freshLocks],
    ['a lease', () => undefined],
  ])('with %s send one after another: one PUT, one receipt', async (_what, makeLocks) => {
    const locks = makeLocks()
    const one = openPhone({ locks })
    const two = tabOf(one, locks)
    const { fault, open } = gate()
    one.server.weather = lostOnTheWay
    const id = await one.outbox.submit(request)
    await untilWaiting(one, id)
    one.server.weather = fault
    const sent = [one.outbox.sendNow(), two.outbox.sendNow()]
    await expect.poll(() => one.server.puts().length).toBe(2)
    open()
    await untilState(two, id, 'delivered')
    one.time.pass(1000)
    expect(await Promise.all(sent)).toEqual([0, 0])
    expect(one.server.puts()).toHaveLength(2)
    expect(one.server.rows.size).toBe(1)
  })

  it.each([
    ['refuses', () => Promise.reject(new DOMException('Access denied', 'SecurityError'))],
    [
      'throws',
      () => {
        throw new DOMException('The document is not fully active', 'InvalidStateError')
      },
    ],
  ])('send all the same where Web Locks %s', async (_what, refuse) => {
    const phone = openPhone({ locks: { request: refuse } })
    const id = await phone.outbox.submit(request)
    await untilState(phone, id, 'delivered')
    expect(phone.errors).toEqual([])
  })

  it('with Web Locks take turns at each request: nobody waits for all the files of another, or sends beside them', async () => {
    const locks = freshLocks()
    const one = openPhone({ locks })
    const two = tabOf(one, locks)
    const data = new Uint8Array(5 * PART_CHUNK_BYTES)
    data.set([0xff, 0xd8, 0xff, 0xe0])
    await one.attachments.add(request.draftKey, { name: '现场.jpg', data })
    let answer = () => {}
    let atOnce = 0
    let most = 0
    one.server.weather = async (seen, handle) => {
      if (seen.part === undefined) return handle()
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise<void>((resolve) => (answer = resolve))
      atOnce -= 1
      return handle()
    }
    const id = await one.outbox.submit(request)
    await expect.poll(() => one.server.pieces().length).toBe(1)
    const sent = two.outbox.sendNow()
    await expect.poll(() => one.time.waits).toContain(PATIENCE)
    // Each request takes almost as long as it may, and all of them longer than anybody waits.
    for (let piece = 1; piece <= 5; piece += 1) {
      await expect.poll(() => one.server.pieces().length).toBe(piece)
      one.time.pass(29_000)
      answer()
    }
    await untilState(two, id, 'delivered')
    await sent
    expect(most).toBe(1)
    expect(one.server.pieces()).toHaveLength(5)
  })

  it('without any lock that works send at once: PUTs repeat, the row and the receipt do not', async () => {
    const useless: Locks = { request: (_name, _options, work) => work() }
    const one = openPhone({ locks: useless })
    const tabs = [one, tabOf(one, useless), tabOf(one, useless)]
    one.server.weather = lostOnTheWay
    const id = await one.outbox.submit(request)
    await untilWaiting(one, id)
    const { fault, open } = gate()
    one.server.weather = fault
    const before = one.server.puts().length
    const sent = tabs.map((tab) => tab.outbox.sendNow())
    await expect.poll(() => one.server.puts().length).toBe(before + 3)
    open()
    await Promise.all(sent)
    expect(one.server.rows.size).toBe(1)
    for (const tab of tabs) expect((await entryOf(tab, id))?.receipt).toEqual(one.server.rows.get(id)?.receipt)
  })

  it('a late failure of one does not undo the delivery by another', async () => {
    const useless: Locks = { request: (_name, _options, work) => work() }
    const one = openPhone({ locks: useless })
    const two = tabOf(one, useless)
    const { fault, open } = gate()
    const late = gate()
    one.server.faults = [(seen, handle) => Promise.resolve(late.fault(seen, handle)).then(() => portal(503)), fault]
    const id = await one.outbox.submit(request)
    await expect.poll(() => one.server.puts().length).toBe(1)
    const second = two.outbox.sendNow()
    await expect.poll(() => one.server.puts().length).toBe(2)
    open()
    await second
    late.open()
    await one.outbox.sendNow()
    expect((await entryOf(one, id))?.state).toBe('delivered')
  })

  it('takes over when the tab that held the Web Lock dies', async () => {
    const prefix = crypto.randomUUID()
    const worker = await holderOf(prefix + SENDER_LOCK)
    const phone = openPhone({ locks: freshLocks(prefix) })
    const id = await phone.outbox.submit(request)
    expect((await entryOf(phone, id))?.state).toBe('unsent')
    worker.terminate()
    await untilState(phone, id, 'delivered')
  })

  it('sends beside a tab that holds the Web Lock and is frozen', async () => {
    const prefix = crypto.randomUUID()
    const worker = await holderOf(prefix + SENDER_LOCK)
    const phone = openPhone({ locks: freshLocks(prefix) })
    const id = await phone.outbox.submit(request)
    await expect.poll(() => phone.time.waits).toEqual([PATIENCE])
    phone.time.pass(PATIENCE)
    await untilState(phone, id, 'delivered')
    worker.terminate()
  })

  it('takes over a lease that its tab did not renew', async () => {
    const one = openPhone()
    one.server.faults = [() => new Promise<Response>(() => {})]
    const id = await one.outbox.submit(request)
    await untilState(one, id, 'sending')
    one.close()
    const two = tabOf(one)
    const sent = two.outbox.sendNow()
    // The first tab is gone with its timers, and the lease it holds runs out.
    await expect.poll(() => one.time.waits).toContain(1000)
    one.time.at += LEASE_TIME
    one.time.pass(1000)
    await sent
    expect((await entryOf(two, id))?.state).toBe('delivered')
  })

  it('does not wait for a lease that was written before the clock was set back', async () => {
    const phone = openPhone()
    phone.server.faults = [lostOnTheWay]
    const id = await phone.outbox.submit(request)
    await untilWaiting(phone, id)
    await phone.outbox.sendNow()
    const until = phone.time.at + 365 * 86_400_000
    await putRaw(phone.databaseName, 'leases', { name: SENDER_LOCK, owner: 'gone', until })
    expect(await phone.outbox.sendNow()).toBe(0)
    expect(await sendersOf(phone)).toEqual([])
  })

  it('drops the answer of a request that was wiped meanwhile', async () => {
    const phone = openPhone()
    const { fault, open } = gate()
    phone.server.faults = [fault]
    await phone.outbox.submit(request)
    await expect.poll(() => phone.server.puts().length).toBe(1)
    await tabOf(phone).wipe()
    open()
    await phone.outbox.sendNow()
    expect(await rawRows(phone.databaseName, 'entries')).toEqual([])
    expect(phone.errors).toEqual([])
  })
})
