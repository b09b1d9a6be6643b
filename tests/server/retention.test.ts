import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { fileStore } from '#server/attachments/file-store.ts'
import type { Database } from '#server/db/database.ts'
import { eraseInquiry, listInquiries, setInquiryState, showInquiry } from '#server/inquiries/desk.ts'
import { eraseExpired, keepRetention } from '#server/inquiries/retention.ts'
import { sweepAttachments } from '#server/inquiries/sweep.ts'
import { createLog } from '#server/log.ts'
import { attachment, piece } from '../support/attachment.ts'
import { onEachDatabase } from '../support/databases.ts'
import { freeze } from '../support/letter.ts'
import { temporaryFolder } from '../support/server.ts'
import { anApp, ATTACHMENTS } from './an-app.ts'
import { NOW } from './samples.ts'

const DAY = 86_400_000
const TWO_YEARS = 730 * DAY

async function deliver(database: Database) {
  const letter = freeze()
  const put = () =>
    anApp(database).ask(`/api/inquiries/${letter.submissionId}`, {
      method: 'PUT',
      headers: letter.headers,
      body: letter.bytes,
    })
  return { id: letter.submissionId, letter, receipt: await (await put()).text(), put }
}
const erased = async (database: Database, id: string) => (await showInquiry(database, id)).letter === undefined

onEachDatabase('what was written', (store) => {
  afterEach(() => void vi.useRealTimers())

  it('is erased two years after an inquiry ended, and no sooner; its receipt and timeline stay', async () => {
    const database = await store.open()
    const [ended, later, open] = [await deliver(database), await deliver(database), await deliver(database)]
    await setInquiryState(database, ended.id, '结束', NOW + DAY)
    await setInquiryState(database, later.id, '结束', NOW + 2 * DAY)
    expect(await eraseExpired({ database, attachments: ATTACHMENTS }, NOW + DAY + TWO_YEARS - 1)).toBe(0)
    expect(await eraseExpired({ database, attachments: ATTACHMENTS }, NOW + DAY + TWO_YEARS)).toBe(1)
    expect(await eraseExpired({ database, attachments: ATTACHMENTS }, NOW + DAY + TWO_YEARS)).toBe(0)
    expect(await Promise.all([ended, later, open].map(({ id }) => erased(database, id)))).toEqual([true, false, false])
    expect(await showInquiry(database, ended.id)).toMatchObject({
      state: '结束',
      timeline: [{ state: '已送达' }, { state: '结束' }],
    })
    const again = await ended.put()
    expect([again.status, await again.text()]).toEqual([200, ended.receipt])
    expect(await listInquiries(database)).toHaveLength(3)
  })

  it('takes its files along, and what a crash left behind goes a day later; what this database does not know stays', async () => {
    const database = await store.open()
    const attachments = fileStore(join(temporaryFolder(), 'attachments'))
    const stores = { database, attachments }
    const file = attachment(1000)
    const letter = freeze({ parts: [file.part] })
    const { ask } = anApp(database, { attachments })
    await ask(`/api/inquiries/${letter.submissionId}`, { method: 'PUT', headers: letter.headers, body: letter.bytes })
    const { path, init } = piece(letter, file)
    expect((await ask(path, init)).status).toBe(200)
    const stranger = `${freeze().submissionId}/${file.part.sha256}/0-left`
    for (const name of [`${letter.submissionId}/${file.part.sha256}/0-left`, stranger])
      await attachments.put(name, file.bytes)
    const names = async () => {
      let count = 0
      for await (const { name } of attachments.list()) count += name === '' ? 0 : 1
      return count
    }
    expect(await sweepAttachments(stores, Date.now())).toEqual({ dropped: 0, strange: 0 })
    expect(await sweepAttachments(stores, Date.now() + 2 * DAY)).toEqual({ dropped: 1, strange: 1 })
    expect(await names()).toBe(2)
    await setInquiryState(database, letter.submissionId, '结束', NOW)
    expect(await eraseExpired(stores, NOW + TWO_YEARS)).toBe(1)
    expect(await names()).toBe(1)
    expect(await database.db.selectFrom('part').selectAll().execute()).toEqual([])
  })

  it('is looked at when the server starts and once a day from then on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const database = await store.open()
    const [first, second] = [await deliver(database), await deliver(database)]
    await setInquiryState(database, first.id, '结束', NOW)
    await setInquiryState(database, second.id, '结束', NOW + 1)
    let now = NOW + TWO_YEARS
    const stop = keepRetention({ database, attachments: ATTACHMENTS }, createLog('silent'), () => now)
    await expect.poll(() => erased(database, first.id)).toBe(true)
    expect(await erased(database, second.id)).toBe(false)
    now += DAY
    vi.advanceTimersByTime(DAY)
    await expect.poll(() => erased(database, second.id)).toBe(true)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is erased by an officer when its sender asks for that, who then sees it withdrawn', async () => {
    const database = await store.open()
    const { id } = await deliver(database)
    expect(await eraseInquiry({ database, attachments: ATTACHMENTS }, id, NOW + DAY)).toMatchObject({ state: '已撤回' })
    expect(await eraseInquiry({ database, attachments: ATTACHMENTS }, id, NOW + 2 * DAY)).toMatchObject({
      timeline: [{ state: '已送达' }, { state: '已撤回' }],
    })
    const { body } = await database.db.selectFrom('inquiry').select('body').executeTakeFirstOrThrow()
    expect(body).toBeNull()
  })
})
