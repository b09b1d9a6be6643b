import { changeRequests } from './files.ts'
import { expect, fillContact, storedInquiries, submit, test } from './phone.ts'

const INQUIRY = /^\/api\/inquiries\//
const DAY = 24 * 60 * 60 * 1000

test('a request that waits for more than a day is a problem on every screen that knows of it', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/contact')
  network.fail('PUT', INQUIRY, { kind: 'refuse' })
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('服务器暂时没有回应，会自动再试。')).toBeVisible()
  await expect(page.getByText(/超过 24 小时/)).toHaveCount(0)
  const address = new URL(page.url()).pathname
  await changeRequests(page, { createdAt: Date.now() - 2 * DAY })

  await page.goto(address)
  await expect(page.getByText('这条提交已超过 24 小时未能送达')).toBeVisible()
  await page.goto('/me/inquiries')
  await expect(page.getByText('超过 24 小时未送达', { exact: true })).toBeVisible()
  for (const path of ['/me', '/']) {
    await page.goto(path)
    await expect(page.getByText('有 1 条提交超过 24 小时未能送达')).toBeVisible()
    await expect(page.getByRole('link', { name: '导出未发送' })).toBeVisible()
  }
  network.heal()
  await page.getByRole('button', { name: '立即发送' }).click()
  await expect(page.getByText('有 1 条提交超过 24 小时未能送达')).toHaveCount(0)
})

test('what the browser wiped is said until the person knows', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
  await page.goto('/healthz')
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('luodi-mine')
        request.onsuccess = resolve
        request.onerror = reject
      }),
  )
  for (const path of ['/me', '/']) {
    await page.goto(path)
    await expect(page.getByText('浏览器清除了本机的数据：原有 1 条请求的记录已不在这部手机上')).toBeVisible()
  }
  await page.getByRole('button', { name: '知道了' }).click()
  await page.reload()
  await expect(page.getByRole('heading', { name: '招商项目' })).toBeVisible()
  await page.goto('/me')
  await expect(page.getByText('浏览器清除了本机的数据')).toHaveCount(0)
  expect(storedInquiries(server)).toHaveLength(1)
})

test('a request that the server lost is offered again under its number, and the page says so', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
  const number = await page.locator('.number').textContent()
  network.fail('PUT', INQUIRY, { kind: 'refuse' })
  await changeRequests(page, { state: 'unsent', wait: { reason: 'new', since: Date.now() } })
  await page.reload()
  await expect(page.getByText('服务器正在恢复，正在重新送达，回执号不变')).toBeVisible()
  await expect(page.locator('.number')).toHaveText(number!)
  network.heal()
  await page.getByRole('button', { name: '立即发送' }).click()
  await expect(page.getByText('已送达').first()).toBeVisible()
  await expect(page.locator('.number')).toHaveText(number!)
})
