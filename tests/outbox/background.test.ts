import { expect, it, vi } from 'vitest'
import { sendWaiting } from '#outbox/background.ts'
import { openPhone, request, untilState, untilWaiting } from './support/phone.ts'
import { lostOnTheWay } from './support/server.ts'

/** A phone with a request that waits, and what its worker has. */
async function waitingPhone() {
  const phone = openPhone()
  phone.server.weather = lostOnTheWay
  const id = await phone.outbox.submit(request)
  await untilWaiting(phone, id)
  const { fetch } = phone.server
  return { phone, id, worker: { fetch, now: phone.time.now, databaseName: phone.databaseName } }
}

it('a woken worker sends what waits and says how many still do; the page sees it', async () => {
  const { phone, id, worker } = await waitingPhone()
  expect(await sendWaiting(worker)).toBe(1)
  phone.server.weather = undefined
  expect(await sendWaiting(worker)).toBe(0)
  await untilState(phone, id, 'delivered')
  expect(phone.server.rows.size).toBe(1)
})

it('it leaves no connection open that could stand in the way of an upgrade', async () => {
  const { phone, worker } = await waitingPhone()
  phone.close()
  const opened = vi.spyOn(indexedDB, 'open')
  await sendWaiting(worker)
  const connections = opened.mock.results.map(({ value }) => (value as IDBOpenDBRequest).result)
  opened.mockRestore()
  expect(connections.length).toBeGreaterThan(0)
  for (const connection of connections) expect(() => connection.transaction('entries')).toThrow(/closing/)
})
