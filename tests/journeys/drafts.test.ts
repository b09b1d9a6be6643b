import type { Page } from '@playwright/test'
import { draftOnPhone, entriesOnPhone, expect, fillContact, storedInquiries, submit, test } from './phone.ts'

/** Has the draft of a form on disk as another version of the app left it. */
async function leaveDraft(page: Page, key: string, version: number, values: unknown): Promise<void> {
  await page.evaluate(
    (row) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('luodi-mine')
        open.onerror = () => reject(open.error ?? new Error('luodi-mine did not open'))
        open.onsuccess = () => {
          const transaction = open.result.transaction('drafts', 'readwrite')
          transaction.objectStore('drafts').put(row)
          transaction.oncomplete = () => {
            open.result.close()
            resolve()
          }
        }
      }),
    { key, version, values, savedAt: Date.now(), token: 'of another version' },
  )
}

test('two tabs fill in one form: what each types appears in the other, and neither loses a field', async ({
  phone,
}) => {
  const first = await phone.visit('/settle')
  const second = await phone.context.newPage()
  await second.goto('/settle')
  await first.getByLabel('企业名称').fill('甲页的公司')
  await expect(second.getByLabel('企业名称')).toHaveValue('甲页的公司')
  await second.getByLabel('姓名').fill('乙页的人')
  await expect(first.getByLabel('姓名')).toHaveValue('乙页的人')

  // The caret stands in a field: what the other tab types into it waits until it is left.
  await first.getByLabel('留言').focus()
  await second.getByLabel('留言').fill('乙页的留言')
  await second.getByLabel('手机').fill('13800138000')
  await expect(first.getByLabel('手机')).toHaveValue('13800138000')
  await expect(first.getByLabel('留言')).toHaveValue('')
  await first.getByLabel('企业名称').fill('甲页改过的公司')
  await expect(first.getByLabel('留言')).toHaveValue('乙页的留言')
  await expect(second.getByLabel('企业名称')).toHaveValue('甲页改过的公司')

  await second.reload()
  await expect(second.getByLabel('企业名称')).toHaveValue('甲页改过的公司')
  await expect(second.getByLabel('姓名')).toHaveValue('乙页的人')
  await expect(second.getByLabel('留言')).toHaveValue('乙页的留言')
  await expect(second.getByLabel('我已阅读并同意')).not.toBeChecked()
})

test('what another tab typed where the caret stands goes along when the form is submitted', async ({
  phone,
  server,
}) => {
  const first = await phone.visit('/contact')
  const second = await phone.context.newPage()
  await second.goto('/contact')
  await fillContact(first)
  await expect(second.getByLabel('姓名')).not.toHaveValue('')
  await first.getByLabel('企业名称').focus()
  await second.getByLabel('企业名称').fill('乙页的公司')
  await expect.poll(() => draftOnPhone(first, 'contact')).toMatchObject({ '/company': '乙页的公司' })
  await submit(first)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  expect(JSON.stringify(storedInquiries(server))).toContain('乙页的公司')
})

test('what is typed the moment after the press is not lost', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  await page.getByLabel('留言').evaluate((field) => {
    document.querySelector<HTMLButtonElement>('button[type=submit]')?.click()
    ;(field as HTMLTextAreaElement).value = '最后改的一句'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  expect(JSON.stringify(storedInquiries(server))).toContain('最后改的一句')
})

test('nothing can be typed or sent again while the page of a stored request is on its way', async ({
  worklessPhone: phone,
  network,
  server,
}) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  network.fail('GET', /^\/assets\/InquiryPage/, { kind: 'hold', until: held })
  const page = await phone.visit('/contact')
  await fillContact(page)
  await submit(page)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  await expect(page.locator('form')).toHaveAttribute('inert', '')
  release()
  await expect(page.getByText('已送达').first()).toBeVisible()
})

test('a request whose page cannot be had is said to be stored, and is sent once', async ({
  worklessPhone: phone,
  network,
  server,
}) => {
  network.fail('GET', /^\/assets\/InquiryPage/, { kind: 'refuse' })
  const page = await phone.visit('/contact')
  await fillContact(page)
  await submit(page)
  await expect(page.getByText('已存本机，有信号时自动发送。')).toBeVisible()
  await expect(page.getByText('没能存到本机')).toHaveCount(0)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  network.heal()
  const address = await page.getByRole('link', { name: '查看这次提交' }).getAttribute('href')
  await page.goto(address ?? '')
  await expect(page.getByText('已送达').first()).toBeVisible()
})

test('a form submitted in another tab is said so, and does not come back by itself', async ({ phone, server }) => {
  const first = await phone.visit('/contact')
  await first.getByLabel('姓名').fill('李样张')
  const second = await phone.context.newPage()
  await second.goto('/contact')
  await expect(second.getByLabel('姓名')).toHaveValue('李样张')
  await fillContact(second)
  await expect(first.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
  await submit(second)
  await expect(second.getByText('已送达').first()).toBeVisible()

  await expect(first.getByText('这张表已在另一个页面提交。')).toBeVisible()
  await expect(first.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
  // Looking away saves what was typed; nothing was.
  await second.goto('/contact')
  await expect(second.getByRole('button', { name: '提交', exact: true })).toBeVisible()
  await expect(second.getByLabel('姓名')).toHaveValue('')
  await first.getByRole('button', { name: '清空本页' }).click()
  await expect(first.getByLabel('姓名')).toHaveValue('')
  await expect(first.getByText('这张表已在另一个页面提交。')).toHaveCount(0)
  expect(storedInquiries(server)).toHaveLength(1)
})

test('a form that another tab has submitted is not mixed with the new one begun there', async ({ phone, server }) => {
  const first = await phone.visit('/contact')
  const second = await phone.context.newPage()
  await second.goto('/contact')
  await fillContact(second)
  await expect(first.getByLabel('留言')).toHaveValue('请问园区还有空置厂房吗？')
  await submit(second)
  await expect(first.getByText('这张表已在另一个页面提交。')).toBeVisible()

  await second.goto('/contact')
  await second.getByLabel('企业名称').fill('另一家公司')
  await second.getByLabel('姓名').fill('另一个人')
  await expect(first.getByText('另一个页面已开始填新的一份')).toBeVisible()
  await expect(first.getByLabel('企业名称')).toHaveValue('')
  await first.getByLabel('留言').fill('在旧的一页上改的')
  await first.getByLabel('我已阅读并同意').check()
  await submit(first)
  await expect.poll(() => storedInquiries(server).length).toBe(2)
  expect(await draftOnPhone(second, 'contact')).toMatchObject({ '/company': '另一家公司', '/name': '另一个人' })
  expect(await draftOnPhone(second, 'contact')).not.toHaveProperty('/message')

  await second.getByLabel('手机').fill('13900139000')
  await second.getByLabel('留言').fill('新的一份')
  await second.getByLabel('我已阅读并同意').check()
  await submit(second)
  await expect.poll(() => storedInquiries(server).length).toBe(3)
  expect(await draftOnPhone(second, 'contact')).toBeUndefined()
})

test('a draft that this version cannot read is shown, and is not lost by typing', async ({ phone }) => {
  const page = await phone.visit('/me')
  await page.goto('/contact')
  await expect(page.getByLabel('姓名')).toHaveValue('')
  await page.goto('/me')
  await leaveDraft(page, 'contact', 9, '很长的留言')
  await page.goto('/me/inquiries')
  await expect(page.getByText('很长的留言')).toBeVisible()
  await page.goto('/contact')
  await page.getByLabel('姓名').fill('新填的人')
  await expect.poll(() => draftOnPhone(page, 'contact')).toMatchObject({ '/name': '新填的人' })
  await expect(page.getByText('很长的留言')).toBeVisible()
  await page.getByRole('button', { name: '删除这些内容' }).click()
  await page.getByRole('button', { name: '删除这些内容' }).click()
  await expect(page.getByText('很长的留言')).toHaveCount(0)
  await expect.poll(() => draftOnPhone(page, 'contact')).toMatchObject({ '/name': '新填的人' })
})

test('text of another version of the form is shown to be copied, and stays until it is deleted', async ({ phone }) => {
  const page = await phone.visit('/me')
  await page.goto('/settle')
  await expect(page.getByLabel('企业名称')).toHaveValue('')
  await page.goto('/me')
  await leaveDraft(page, 'settlement', 1, { '/company/name': '旧表的公司', '/company/legalForm': '有限责任公司' })
  await page.goto('/settle')
  await expect(page.getByRole('heading', { name: '以前填写的内容' })).toBeVisible()
  await expect(page.getByText('有限责任公司')).toBeVisible()
  await expect(page.getByLabel('企业名称')).toHaveValue('旧表的公司')
  await page.getByLabel('姓名').fill('新填的人')
  await expect.poll(() => draftOnPhone(page, 'settlement')).toMatchObject({ '/contact/name': '新填的人' })
  await page.reload()
  await expect(page.getByText('有限责任公司')).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('新填的人')
  await page.getByRole('button', { name: '删除这些内容' }).click()
  await page.getByRole('button', { name: '删除这些内容' }).click()
  await expect(page.getByText('有限责任公司')).toHaveCount(0)
  await page.reload()
  await expect(page.getByLabel('企业名称')).toHaveValue('旧表的公司')
  await expect(page.getByText('有限责任公司')).toHaveCount(0)

  await page.goto('/me')
  await leaveDraft(page, 'settlement', 7, { '/company/name': '未来的公司' })
  await page.goto('/settle')
  await expect(page.getByText('未来的公司')).toBeVisible()
  await expect(page.getByLabel('企业名称')).toHaveValue('')
})

test('a form that was begun at a park is found again under 我的提交 with no network, and goes when it is dropped', async ({
  phone,
}) => {
  const page = await phone.visit('/parks')
  const park = '马陆丰登工业园'
  await page.getByRole('link', { name: new RegExp(park) }).click()
  await page.getByRole('link', { name: '企业入驻' }).click()
  await page.getByLabel('企业名称').fill('写到一半的公司')
  await expect(page.getByText('已自动保存')).toBeVisible()
  const key = `settlement:${new URL(page.url()).searchParams.get('about')?.replace(':', '/')}`
  expect(await draftOnPhone(page, key)).toMatchObject({ '/company/name': '写到一半的公司' })

  await phone.setOffline(true)
  const elsewhere = page.getByText('另有 1 份企业入驻没写完，存在这部手机上。')
  await expect(elsewhere).toHaveCount(0)
  await page.goto('/settle')
  await expect(elsewhere).toBeVisible()
  await page.getByRole('link', { name: '接着写' }).click()
  await expect(page.getByRole('link', { name: new RegExp(`企业入驻.*没写完.*${park}`) })).toBeVisible()
  await page.goto('/contact')
  await fillContact(page)
  await submit(page)
  await expect.poll(() => entriesOnPhone(page)).toHaveLength(1)
  await page.goto('/me')
  await expect(page.getByText('1 项未送达')).toBeVisible()
  await expect(page.getByText('1 份没写完')).toBeVisible()
  await page.getByRole('link', { name: '我的提交' }).click()
  await page.getByRole('link', { name: new RegExp(`企业入驻.*没写完.*${park}`) }).click()
  await expect(page.getByLabel('企业名称')).toHaveValue('写到一半的公司')
  await expect(page.getByText(park)).toBeVisible()

  await page.goto('/me/inquiries')
  await page.getByRole('button', { name: '删除这份草稿' }).click()
  await expect(page.getByRole('alertdialog')).toContainText(`企业入驻 · ${park}：写的内容和附件会从这部手机删除`)
  await page.getByRole('button', { name: '删除这份草稿' }).click()
  await expect(page.getByRole('link', { name: /联系我们/ })).toBeVisible()
  await expect(page.getByText('没写完')).toHaveCount(0)
  await expect(page.getByRole('main')).toBeFocused()
  expect(await draftOnPhone(page, key)).toBeUndefined()
})

test('a form whose draft another tab has deleted says so, and that it is a new one once it is typed into', async ({
  phone,
}) => {
  const first = await phone.visit('/contact')
  await first.getByLabel('姓名').fill('李样张')
  await expect(first.getByText('已自动保存')).toBeVisible()
  const second = await phone.context.newPage()
  await second.goto('/me/inquiries')
  await second.getByRole('button', { name: '删除这份草稿' }).click()
  await second.getByRole('button', { name: '删除这份草稿' }).click()
  await expect(first.getByText('这张表的草稿已在另一个页面删除。')).toContainText('不会自动存回')
  await expect(first.getByText('已自动保存')).toHaveCount(0)

  await first.getByLabel('企业名称').fill('接着写的公司')
  await expect(first.getByText('这张表的草稿已在另一个页面删除。')).toContainText('已另存为新的一份')
  await expect(first.getByText('已自动保存')).toBeVisible()
  await expect(first.getByText('不会自动存回')).toHaveCount(0)
  await second.getByRole('link', { name: /联系我们.*没写完/ }).click()
  await expect(second.getByLabel('姓名')).toHaveValue('李样张')
  await expect(second.getByLabel('企业名称')).toHaveValue('接着写的公司')
})

test('what a form is about keeps its name where the content has gone from the phone since', async ({
  phone,
  server,
}) => {
  const page = await phone.visit('/parks')
  const park = '马陆丰登工业园'
  await page.getByRole('link', { name: new RegExp(park) }).click()
  await page.getByRole('link', { name: '联系我们' }).click()
  await page.getByLabel('企业名称').fill('写到一半的公司')
  await expect(page.getByText('已自动保存')).toBeVisible()
  await phone.setOffline(true)
  await page.goto('/me/storage')
  await expect(page.getByText('当前离线')).toBeVisible()
  await page.getByRole('button', { name: '清除内容并重新取回' }).click()
  await page.getByRole('button', { name: '清除内容并重新取回' }).click()
  await expect(page.getByText('没有内容', { exact: true })).toBeVisible()

  await page.goto('/me/inquiries')
  await page.getByRole('link', { name: new RegExp(`联系我们.*没写完.*${park}`) }).click()
  await expect(page.getByRole('link', { name: new RegExp(park) })).toBeVisible()
  await fillContact(page)
  await submit(page)
  await phone.setOffline(false)
  await expect.poll(() => storedInquiries(server).length).toBe(1)
  expect(JSON.stringify(storedInquiries(server))).toContain(park)
})
