import { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { ProblemSchema } from '#domain/problem.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze } from '../support/letter.ts'
import { anApp } from './an-app.ts'
import type { Ask } from './feed-reader.ts'

const ROUTES = [
  '/sync/v1/head.json',
  '/sync/v1/x/segments/0.json',
  '/api/inquiries/x',
  '/api/nothing',
  '/healthz',
  '/page',
]

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = v.parse(ProblemSchema, await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

const put = (ask: Ask, letter = freeze()) =>
  ask(`/api/inquiries/${letter.submissionId}`, { method: 'PUT', headers: letter.headers, body: letter.bytes })

onEachDatabase('the server', (store) => {
  it('says that it is well, on which database, at which version', async () => {
    const { ask } = anApp(await store.open())
    const response = await ask('/healthz')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok', database: store.dialect, head: 0, version: '0.0.0-test' })
  })

  it('asks to try again later when the database is gone, without saying why', async () => {
    const database = await store.open()
    const { ask, logged } = anApp(database)
    await database.close()
    const health = await ask('/healthz')
    expect(health.status).toBe(503)
    expect(health.headers.get('retry-after')).toMatch(/^\d+$/)
    await problemOf(health)
    const response = await put(ask)
    expect(response.status).toBeGreaterThanOrEqual(500)
    expect(Object.keys(await problemOf(response)).sort()).toEqual(['status', 'title', 'type'])
    expect(logged()).toContain('request failed')
  })

  it('answers what does not exist with a problem, and a wrong method with those that work', async () => {
    const { ask } = anApp(await store.open())
    for (const path of ['/api', '/api/nothing', '/sync/v3/head.json', '/nothing']) {
      const response = await ask(path)
      expect([path, response.status]).toEqual([path, 404])
      await problemOf(response)
    }
    const wrong = [
      ['POST', '/api/inquiries/x', 'PUT, GET, HEAD, DELETE'],
      ['DELETE', '/sync/v1/head.json', 'GET, HEAD'],
      ['DELETE', '/sync/v2/head.json', 'GET, HEAD'],
      ['POST', '/sync/v1/x/tail/1.json', 'GET, HEAD'],
      ['POST', '/healthz', 'GET, HEAD'],
      ['PUT', '/api/openapi.json', 'GET, HEAD'],
    ] as const
    for (const [method, path, allow] of wrong) {
      const response = await ask(path, { method })
      expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, allow])
      await problemOf(response)
    }
  })

  it('lets pages load only what comes from here, whatever the answer', async () => {
    const { ask } = anApp(await store.open())
    for (const path of ROUTES) {
      const { headers } = await ask(path)
      const policy = (headers.get('content-security-policy') ?? '').split('; ')
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'self'",
          "script-src 'self'",
          "object-src 'none'",
          "frame-ancestors 'none'",
        ]),
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
      expect(headers.get('permissions-policy')).toContain('geolocation=(self)')
    }
  })

  it('hands every other path to the files and pages, and never one of the API', async () => {
    const { ask } = anApp(await store.open(), { site: () => new Hono().get('*', (c) => c.text(`page ${c.req.path}`)) })
    expect(await (await ask('/parks/x')).text()).toBe('page /parks/x')
    for (const path of ['/api/nothing', '/sync/v1/nothing']) expect((await ask(path)).status).toBe(404)
    for (const method of ['POST', 'OPTIONS', 'PROPFIND']) {
      const response = await ask('/parks/x', { method })
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD'])
      await problemOf(response)
      expect((await ask('/api/nothing', { method })).status).toBe(404)
    }
  })

  it('limits writes per address, says when to try again, and lets others through', async () => {
    let address = '192.0.2.1'
    const { ask } = anApp(await store.open(), {
      limits: { writes: 3, reads: 5, parts: 4 },
      clientAddress: () => address,
    })
    const letter = freeze()
    for (const status of [201, 200, 200]) expect((await put(ask, letter)).status).toBe(status)
    const limited = await put(ask, letter)
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(limited.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    await problemOf(limited)
    expect((await ask(`/api/inquiries/${letter.submissionId}`)).status).toBe(404)
    expect((await ask('/sync/v1/head.json')).status).toBe(200)
    address = '192.0.2.2'
    expect((await put(ask, letter)).status).toBe(200)
  })

  it('logs method, route, status and duration, and nothing of who asked or what for', async () => {
    const { ask, logged } = anApp(await store.open())
    const letter = freeze({ name: '王小明', phone: '13912345678' })
    await put(ask, letter)
    await put(ask, { ...freeze({ name: '' }), submissionId: letter.submissionId })
    await put(ask, { ...freeze(), submissionId: letter.submissionId })
    const headers = { Authorization: `Bearer ${letter.trackingKey}` }
    await ask(`/api/inquiries/${letter.submissionId}`, { headers })
    await ask(`/api/inquiries/${randomUUID()}`, { headers })
    const lines = logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['PUT', '/api/inquiries/:submissionId', 201],
      ['PUT', '/api/inquiries/:submissionId', 422],
      ['PUT', '/api/inquiries/:submissionId', 409],
      ['GET', '/api/inquiries/:submissionId', 200],
      ['GET', '/api/inquiries/:submissionId', 404],
    ])
    for (const secret of [letter.submissionId, letter.trackingKey, '王小明', '13912345678', '192.0.2.1', 'sha-256']) {
      expect(logged()).not.toContain(secret)
    }
  })
})
