import type { Page } from '@playwright/test'
import { expect, fillContact, fillSettlement, type Phone, storedInquiries, submit, test } from './phone.ts'

const INQUIRY = /^\/api\/inquiries\//

test('the answer to the first PUT is lost on the way: one row, one receipt', async ({ phone, network, server }) => {
  network.fail('PUT', INQUIRY, { kind: 'loseAnswer' }, 1)
  const page = await phone.visit('/contact')
  await fillContact(page)
  await submit(page)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  await expect(page.getByText('已送达').first()).toBeVisible()
  const puts = network.passed.filter(({ method }) => method === 'PUT')
  expect(puts.length).toBeGreaterThanOrEqual(2)
  expect(new Set(puts.map(({ path, body }) => `${path} ${body.toString('utf8')}`)).size).toBe(1)
  expect(storedInquiries(server)).toHaveLength(1)
  const { receiptNo } = JSON.parse(storedInquiries(server)[0]!.receipt) as { receiptNo: string }
  await expect(page.getByText(receiptNo)).toBeVisible()
})

/** Wakes the worker as the browser does when there is a network again. */
async function wakeWorker(phone: Phone, page: Page): Promise<void> {
  const devtools = await phone.context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const id = registrations[0]?.registrationId
      if (id !== undefined) resolve(id)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.dispatchSyncEvent', {
    origin: phone.origin,
    registrationId: await registered,
    tag: 'luodi-outbox',
    lastChance: false,
  })
}

test('two tabs and the worker sending at once: one row, one receipt', async ({ phone, network, server }) => {
  const first = await phone.visit()
  // Every tab gets the sender's lock at once, beside the others: that there is one row must not rest on locks.
  await phone.context.addInitScript(() => {
    LockManager.prototype.request = ((_name: string, _options: object, work: (lock: null) => unknown) =>
      Promise.resolve(work(null))) as typeof LockManager.prototype.request
  })
  network.fail('PUT', INQUIRY, { kind: 'refuse' })
  await first.goto('/settle')
  await fillSettlement(first)
  await submit(first)
  await expect(first.getByText('已存本机 · 未发送')).toBeVisible()
  const second = await phone.context.newPage()
  await second.goto('/me/inquiries')
  await expect(second.getByText('已存本机 · 未发送')).toBeVisible()

  // The worker sends while nobody looks; both tabs come back while it is at it.
  const address = new URL(first.url()).pathname
  for (const page of [first, second]) await page.goto('about:blank')
  let release = () => {}
  const until = new Promise<void>((resolve) => (release = resolve))
  network.heal()
  network.fail('PUT', INQUIRY, { kind: 'hold', until })
  const refused = network.passed.length
  const held = () => network.passed.slice(refused).filter(({ method }) => method === 'PUT')
  await wakeWorker(phone, first)
  await expect.poll(() => held().map(({ from }) => from)).toEqual(['/sw.js'])
  await first.goto(address)
  await second.goto('/me/inquiries')
  const senders = ['/sw.js', address, '/me/inquiries'].sort()
  await expect
    .poll(() =>
      held()
        .map(({ from }) => from)
        .sort(),
    )
    .toEqual(senders)
  expect(storedInquiries(server)).toEqual([])
  release()

  await expect(first.getByText('已送达').first()).toBeVisible()
  await expect(second.getByText('已送达').first()).toBeVisible()
  await expect
    .poll(() =>
      held()
        .map(({ status }) => status)
        .sort(),
    )
    .toEqual([200, 200, 201])
  const stored = storedInquiries(server)
  expect(stored).toHaveLength(1)
  const { receiptNo } = JSON.parse(stored[0]!.receipt) as { receiptNo: string }
  for (const { answer } of held()) expect(answer).toContain(receiptNo)
  await expect(first.getByText(receiptNo)).toBeVisible()
  await expect(second.getByText(receiptNo)).toBeVisible()
})

test('with no page open the worker delivers what waits', async ({ phone, network, server }) => {
  const page = await phone.visit('/contact')
  network.fail('PUT', INQUIRY, { kind: 'refuse' })
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  const address = page.url()
  await page.goto('about:blank')
  network.heal()
  await wakeWorker(phone, page)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  await page.goto(address)
  await expect(page.getByText('已送达').first()).toBeVisible()
})

test('the server refuses a field: it is named, corrected and delivered', async ({ phone, network, server }) => {
  const errors = [{ pointer: '/contact/phone', code: 'phone.format', message: '这个号码已停机，请换一个' }]
  network.fail(
    'PUT',
    INQUIRY,
    {
      kind: 'answer',
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify({
        type: 'urn:luodi:problem:inquiry-invalid',
        title: 'Unprocessable Content',
        status: 422,
        errors,
      }),
    },
    1,
  )
  const page = await phone.visit('/settle')
  await fillSettlement(page)
  await submit(page)
  await expect(page.getByText('需要修改')).toBeVisible()
  await expect(page.getByText('这个号码已停机，请换一个')).toBeVisible()

  await page.getByRole('link', { name: '去修改' }).click()
  await expect(page.getByLabel('企业名称')).toHaveValue('样张精密机械有限公司')
  await expect(page.getByText('这个号码已停机，请换一个')).toBeVisible()
  await page.getByLabel('手机').fill('13900139000')
  await page.getByLabel('我已阅读并同意').check()
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
  const stored = storedInquiries(server)
  expect(stored).toHaveLength(1)
  expect(JSON.parse(stored[0]!.body)).toMatchObject({
    contact: { phone: '13900139000' },
    industry: { section: 'C', division: '36' },
  })
  await page.goto('/me/inquiries')
  await expect(page.getByText('需要修改')).toHaveCount(0)
})

test('a captive portal answers 200 with a page of its own: still unsent, then delivered', async ({
  phone,
  network,
  server,
}) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  const portal = {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Sign in to the Wi-Fi</h1>',
  } as const
  network.fail('PUT', INQUIRY, portal)
  network.fail('GET', /^\/sync\//, portal)
  await submit(page)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  await expect(page.getByText(/收到的不是服务器的回答/)).toBeVisible()
  await page.getByRole('button', { name: '立即发送' }).click()
  await expect.poll(() => network.passed.filter(({ method }) => method === 'PUT').length).toBeGreaterThanOrEqual(2)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  expect(storedInquiries(server)).toEqual([])

  network.heal()
  await expect(page.getByText('已送达').first()).toBeVisible({ timeout: 60_000 })
  expect(storedInquiries(server)).toHaveLength(1)
})

test('the server is killed and started again: the request waits and arrives', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  await server.kill()
  await submit(page)
  await expect(page.getByText('已存本机 · 未发送')).toBeVisible()
  await server.restart()
  await expect(page.getByText('已送达').first()).toBeVisible({ timeout: 60_000 })
  expect(storedInquiries(server)).toHaveLength(1)
})
