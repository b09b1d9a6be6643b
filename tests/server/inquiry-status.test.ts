import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { type InquiryStatus, InquiryStatusSchema } from '#domain/inquiry/status.ts'
import { setInquiryState } from '#server/inquiries/desk.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze } from '../support/letter.ts'
import { anApp } from './an-app.ts'
import { NOW } from './samples.ts'

const HOUR = 3_600_000

onEachDatabase('what the sender sees', (store) => {
  async function delivered() {
    const database = await store.open()
    const letter = freeze({ message: '只有我和招商专员知道' })
    const path = `/api/inquiries/${letter.submissionId}`
    await anApp(database).ask(path, { method: 'PUT', headers: letter.headers, body: letter.bytes })
    const call = (method: string, key: string | undefined, at = NOW, to = path) =>
      anApp(database, { now: () => at }).ask(to, {
        method,
        headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      })
    const status = async (response: Response | Promise<Response>): Promise<InquiryStatus> =>
      v.parse(InquiryStatusSchema, await (await response).json())
    return { database, letter, call, status }
  }

  it('is the timeline with its times, newest state last, never cached', async () => {
    const { database, letter, call, status } = await delivered()
    await setInquiryState(database, letter.submissionId, '已受理', NOW + HOUR)
    const response = await call('GET', letter.trackingKey)
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await status(response)).toMatchObject({
      submissionId: letter.submissionId,
      state: '已受理',
      timeline: [
        { state: '已送达', at: new Date(NOW).toISOString() },
        { state: '已受理', at: new Date(NOW + HOUR).toISOString() },
      ],
    })
  })

  it('tells a wrong key, no key, an unknown id and a malformed one apart by nothing', async () => {
    const { letter, call } = await delivered()
    for (const method of ['GET', 'DELETE']) {
      const answers = await Promise.all([
        call(method, freeze().trackingKey),
        call(method, undefined),
        call(method, letter.trackingKey, NOW, `/api/inquiries/${randomUUID()}`),
        call(method, letter.trackingKey, NOW, '/api/inquiries/no-uuid'),
        call(method, letter.trackingKey, NOW, '/api/inquiries/%00'),
      ])
      const seen = await Promise.all(
        answers.map(async (answer) => [answer.status, [...answer.headers], await answer.text()]),
      )
      expect(seen[0]?.[0]).toBe(404)
      for (const one of seen) expect(one).toEqual(seen[0])
    }
  })

  it('ends with 撤回: what was written is erased, the receipt stays, and doing it again changes nothing', async () => {
    const { database, letter, call, status } = await delivered()
    const withdrawn = await status(call('DELETE', letter.trackingKey, NOW + HOUR))
    expect(withdrawn.timeline.map(({ state }) => state)).toEqual(['已送达', '已撤回'])
    expect(await status(call('DELETE', letter.trackingKey, NOW + 2 * HOUR))).toEqual(withdrawn)
    expect(await status(call('GET', letter.trackingKey, NOW + 3 * HOUR))).toEqual(withdrawn)
    const { body, digest } = await database.db.selectFrom('inquiry').selectAll().executeTakeFirstOrThrow()
    expect([body, digest]).toEqual([null, letter.headers['Content-Digest']])
  })

  it('can be withdrawn twice at once, and after the officer ended it', async () => {
    const { database, letter, call, status } = await delivered()
    await setInquiryState(database, letter.submissionId, '结束', NOW)
    const [one, two] = await Promise.all([1, 2].map(() => status(call('DELETE', letter.trackingKey))))
    expect(one).toEqual(two)
    expect(one?.timeline.map(({ state }) => state)).toEqual(['已送达', '结束', '已撤回'])
  })
})
