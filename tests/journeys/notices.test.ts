import { changeRequests, choose, pdf } from './files.ts'
import {
  deliverContact,
  expect,
  fillContact,
  fillSettlement,
  type Phone,
  storedInquiries,
  submit,
  test,
} from './phone.ts'

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
  // It may go by itself at any moment now, and takes the button along.
  network.heal()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText('有 1 条提交超过 24 小时未能送达')).toHaveCount(0)
})

test('a withdrawal that waits for more than a day is told apart, and counts from when it was asked for', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/contact')
  await deliverContact(page)
  const address = new URL(page.url()).pathname
  await changeRequests(page, { createdAt: Date.now() - 30 * DAY })
  network.fail('DELETE', INQUIRY, { kind: 'refuse' })
  await page.goto(address)
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('暂时连不上服务器，有信号后自动撤回。')).toBeVisible()
  await expect(page.getByText(/超过 24 小时/)).toHaveCount(0)
  await changeRequests(page, { pendingSince: Date.now() - 2 * DAY })

  await page.goto(address)
  await expect(page.getByText('这条提交已超过 24 小时未能撤回')).toBeVisible()
  await page.goto('/me/inquiries')
  await expect(page.getByText('超过 24 小时未能撤回', { exact: true })).toBeVisible()
  await page.goto('/me')
  await expect(page.getByText('有 1 条提交超过 24 小时未能撤回')).toBeVisible()
  await expect(page.getByText(/未能送达/)).toHaveCount(0)
  await expect(page.getByRole('link', { name: '导出未发送' })).toHaveCount(0)
})

test('what the browser wiped is said until the person knows', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await deliverContact(page)
  await page.goto('/healthz')
  await page.evaluate(async () => {
    const { storageBuckets } = navigator as unknown as { storageBuckets: { delete(name: string): Promise<void> } }
    await storageBuckets.delete('luodi-mine')
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('luodi-mine')
      request.onsuccess = resolve
      request.onerror = reject
    })
  })
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
  await deliverContact(page)
  const number = await page.locator('.number').textContent()
  network.fail('PUT', INQUIRY, { kind: 'refuse' })
  await changeRequests(page, { state: 'unsent', wait: { reason: 'new', since: Date.now() } })
  await page.reload()
  await expect(page.getByText('服务器正在恢复，正在重新送达，通常回执号不变')).toBeVisible()
  await expect(page.locator('.number')).toHaveText(number!)
  network.heal()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText('已送达').first()).toBeVisible()
  await expect(page.locator('.number')).toHaveText(number!)
})

/** A phone without room for anything more of the person's, at least until its copy of the content goes. */
async function fillPhone(phone: Phone, forGood: boolean): Promise<void> {
  await phone.context.addInitScript((forGood) => {
    let isFull = true
    // Called on the store that they were taken from, below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const { put, add, delete: remove } = IDBObjectStore.prototype
    const inRoom = (store: IDBObjectStore) => {
      const isOurs = ['entries', 'drafts', 'attachments'].includes(store.name)
      if (isFull && isOurs && 'fillPhone' in window) throw new DOMException('full', 'QuotaExceededError')
      return store
    }
    IDBObjectStore.prototype.put = function (...given) {
      return put.apply(inRoom(this), given)
    }
    IDBObjectStore.prototype.add = function (...given) {
      return add.apply(inRoom(this), given)
    }
    IDBObjectStore.prototype.delete = function (key) {
      if (!this.transaction.db.name.startsWith('luodi-mine') && !forGood) isFull = false
      return remove.call(this, key)
    }
  }, forGood)
}

test('on a full phone the content makes way for a request', async ({ phone, server }) => {
  await phone.visit()
  await fillPhone(phone, false)
  const page = await phone.context.newPage()
  await page.goto('/contact')
  await page.evaluate(() => Object.assign(window, { fillPhone: true }))
  await deliverContact(page)
  expect(storedInquiries(server)).toHaveLength(1)
})

test('where nothing helps, the form stays and can be copied and saved as a file', async ({ phone, server }) => {
  await phone.visit()
  await fillPhone(phone, true)
  const page = await phone.context.newPage()
  await page.goto('/settle')
  await choose(page, pdf('营业执照.pdf'))
  await expect(page.getByText(/已附 1/)).toBeVisible()
  await page.evaluate(() => Object.assign(window, { fillPhone: true }))
  await fillSettlement(page)
  await submit(page)
  await expect(page.getByText(/没能存到本机，内容还在这一页/)).toBeVisible()
  await expect(page.getByRole('button', { name: '复制已填内容' })).toBeVisible()
  await choose(page, pdf('厂房.pdf'))
  await expect(page.getByText('没有附上“厂房.pdf”：手机空间已满，请清理出空间后再试')).toBeVisible()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出已填内容' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^落地-企业入驻-\d{4}-\d\d-\d\d\.txt$/)
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  expect(text).toContain('企业名称：样张精密机械有限公司')
  expect(text).toContain('附件：营业执照.pdf')
  expect(storedInquiries(server)).toEqual([])
})
