import { afterEach, beforeAll, expect, it } from 'vitest'
import { type FrozenInquiry, freeze, put } from '../support/letter.ts'
import { ensureServerBundle, type RunningServer, startServer } from '../support/server.ts'

let server: RunningServer
beforeAll(ensureServerBundle)
afterEach(() => server.kill())

const head = async () => (await fetch(`${server.url}/sync/v1/head.json`)).text()

it('comes up after kill -9 with everything it acknowledged, under the same receipts', async () => {
  server = await startServer({ env: { CONTENT: 'none' } })
  const acknowledged: { inquiry: FrozenInquiry; receipt: string }[] = []
  const ENOUGH = 40

  /** One phone after the other until the server is gone. */
  const send = async (): Promise<void> => {
    for (;;) {
      const inquiry = freeze()
      try {
        const response = await put(server.url, inquiry)
        const receipt = await response.text()
        expect(response.status).toBe(201)
        acknowledged.push({ inquiry, receipt })
      } catch (error) {
        if (error instanceof TypeError) return
        throw error
      }
      if (acknowledged.length === ENOUGH) void server.kill()
    }
  }
  await Promise.all(Array.from({ length: 8 }, send))
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH)

  await server.restart()
  for (const { inquiry, receipt } of acknowledged) {
    const again = await put(server.url, inquiry)
    expect([again.status, await again.text()]).toEqual([200, receipt])
  }
})

it('loads the starter content once: a second start publishes nothing', async () => {
  server = await startServer()
  const first = await head()
  expect(JSON.parse(first)).toMatchObject({ head: expect.any(Number) as number })
  expect((JSON.parse(first) as { head: number }).head).toBeGreaterThan(0)
  await server.stop()
  await server.restart()
  expect(await head()).toBe(first)
})

it('starts empty with CONTENT=none', async () => {
  server = await startServer({ env: { CONTENT: 'none' } })
  expect(JSON.parse(await head())).toMatchObject({ head: 0, snapshot: { count: 0 } })
})
