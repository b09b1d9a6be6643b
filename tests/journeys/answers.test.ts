import type { Page } from '@playwright/test'
import type { Network } from '../support/network.ts'
import type { RunningServer } from '../support/server.ts'
import { NO_ANSWER, NOT_NOW, NOT_UNDERSTOOD, PORTAL, problem, WORDS } from './answer-table.ts'
import { entriesOnPhone, expect, fillContact, goToContact, type Phone, storedInquiries, submit, test } from './phone.ts'

const INQUIRY = /^\/api\/inquiries\//

/** Opens a phone on which nothing becomes due by time alone: what is sent again is sent because the person asked. */
async function openWithoutTime(phone: Phone): Promise<Page> {
  const opened = await phone.visit()
  await phone.context.clock.setFixedTime(new Date())
  await opened.reload()
  return opened
}

const heading = (opened: Page) => opened.getByRole('status').getByRole('heading', { level: 2 })

/** Submits a form and returns the id of the request, from the address of its page. */
async function submitOne(opened: Page): Promise<string> {
  await goToContact(opened)
  await fillContact(opened)
  await submit(opened)
  await opened.waitForURL(/\/me\/inquiries\/[0-9a-f-]{36}$/)
  return new URL(opened.url()).pathname.split('/').at(-1)!
}

/** One row, one receipt, the bytes that were frozen in every attempt, and the receipt's number on the screen. */
async function expectDelivered(opened: Page, id: string, network: Network, server: RunningServer): Promise<void> {
  await expect(heading(opened)).toHaveText('已送达')
  const frozen = (await entriesOnPhone(opened)).find((entry) => entry.id === id)!
  const stored = storedInquiries(server).filter(({ submission_id }) => submission_id === id)
  expect(stored.map(({ body }) => body)).toEqual([frozen.body])
  const sent = network.passed.filter(({ method, path }) => method === 'PUT' && path.endsWith(id))
  expect(new Set(sent.map(({ body }) => body.toString('utf8')))).toEqual(new Set([frozen.body]))
  const { receiptNo } = JSON.parse(stored[0]!.receipt) as { receiptNo: string }
  expect(frozen.receipt?.receiptNo).toBe(receiptNo)
  await expect(opened.getByText(receiptNo)).toBeVisible()
}

const GROUPS = {
  'no answer, or “not now”': [...NO_ANSWER, ...NOT_NOW],
  'an answer that is not understood': NOT_UNDERSTOOD,
}

for (const [name, rows] of Object.entries(GROUPS)) {
  test(`${name}: the request stays on the phone, says why, and arrives once`, async ({ phone, network, server }) => {
    test.slow()
    const opened = await openWithoutTime(phone)
    const ids = new Set<string>()
    for (const { what, fault, says, stored = false, patience } of rows) {
      await test.step(what, async () => {
        if (fault === 'down') await network.down()
        else network.fail('PUT', INQUIRY, fault)
        const id = await submitOne(opened)
        ids.add(id)
        await expect(heading(opened)).toHaveText('已存本机 · 未发送')
        await expect(opened.getByText(WORDS[says])).toBeVisible()
        await expect(opened.getByText('请问园区还有空置厂房吗？')).toBeVisible()
        expect(storedInquiries(server).some(({ submission_id }) => submission_id === id)).toBe(stored)
        const { wait } = (await entriesOnPhone(opened)).find((entry) => entry.id === id)!
        if (patience !== undefined) expect(wait!.nextAttemptAt! - wait!.since).toBeGreaterThanOrEqual(patience)

        if (fault === 'down') await network.up()
        network.heal()
        await opened.getByRole('button', { name: '立即发送' }).click()
        await expectDelivered(opened, id, network, server)
      })
    }
    expect(ids.size).toBe(rows.length)
    expect(storedInquiries(server)).toHaveLength(rows.length)
    expect(network.passed.filter(({ path }) => path === PORTAL)).toEqual([])
  })
}

test('a refusal in the server’s own words: the person corrects it, and the correction arrives once', async ({
  phone,
  network,
  server,
}) => {
  test.slow()
  const opened = await openWithoutTime(phone)
  await test.step('without a fault: 201, and one attempt', async () => {
    await expectDelivered(opened, await submitOne(opened), network, server)
    expect(network.passed.filter(({ method }) => method === 'PUT').map(({ status }) => status)).toEqual([201])
  })
  const wrongPhone = [{ pointer: '/phone', code: 'phone.format', message: '这个号码已停机，请换一个' }]
  const rows = [
    ...[409, 413, 415].map((status) => ({ status, errors: [], says: `这次不行 ${status}` })),
    { status: 422, errors: [], says: '这次不行 422' },
    { status: 422, errors: wrongPhone, says: '这个号码已停机，请换一个' },
  ]
  for (const { status, errors, says } of rows) {
    await test.step(`${status}: ${says}`, async () => {
      network.fail('PUT', INQUIRY, problem(status, errors))
      const refused = await submitOne(opened)
      await expect(heading(opened)).toHaveText('需要修改')
      await expect(opened.getByText(says)).toBeVisible()
      await expect(opened.getByRole('button', { name: '立即发送' })).toHaveCount(0)
      network.heal()

      await opened.getByRole('link', { name: '去修改' }).click()
      await expect(opened.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
      await opened.getByLabel('手机').fill('13900139000')
      await opened.getByLabel('我已阅读并同意').check()
      await submit(opened)
      await opened.waitForURL(/\/me\/inquiries\//)
      const corrected = new URL(opened.url()).pathname.split('/').at(-1)!
      expect(corrected).not.toBe(refused)
      await expectDelivered(opened, corrected, network, server)
      expect((await entriesOnPhone(opened)).map(({ id }) => id)).not.toContain(refused)
    })
  }
  expect(storedInquiries(server)).toHaveLength(1 + rows.length)
})

test('silence: given up on after half a minute, and sent again', async ({ phone, network, server }) => {
  const opened = await phone.visit()
  await phone.context.clock.install()
  await opened.reload()
  network.fail('PUT', INQUIRY, { kind: 'silence' })
  const id = await submitOne(opened)
  await expect(heading(opened)).toHaveText('发送中')
  await expect(opened.getByRole('button', { name: '立即发送' })).toBeDisabled()
  await expect.poll(() => network.passed.filter(({ method }) => method === 'PUT').length).toBe(1)
  await phone.context.clock.pauseAt(new Date(Date.now() + 40_000))
  await expect(heading(opened)).toHaveText('已存本机 · 未发送')
  await expect(opened.getByText(WORDS.unreachable)).toBeVisible()
  expect(storedInquiries(server)).toEqual([])
  network.heal()
  await opened.getByRole('button', { name: '立即发送' }).click()
  await expectDelivered(opened, id, network, server)
})
