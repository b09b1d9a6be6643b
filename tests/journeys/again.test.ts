import { draftOnPhone, deliverContact, expect, storedInquiries, test } from './phone.ts'
import { submit } from '../support/fill-form.ts'

test('the next form takes who is writing from the last one, and leaves what was typed', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  const offer = page.getByRole('button', { name: '填入上次的联系方式' })
  await expect(page.getByLabel('姓名')).toBeVisible()
  await deliverContact(page)

  await phone.setOffline(true)
  await page.goto('/settle')
  await expect(offer).toBeVisible()
  await page.getByLabel('留言').fill('想看厂房')
  await page.getByLabel('姓名').fill('王样张')
  await offer.click()
  await expect(page.getByText('已填入上次的联系方式，请核对')).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('王样张')
  await expect(page.getByLabel('手机')).toHaveValue('13800138000')
  await expect(page.getByLabel('留言')).toHaveValue('想看厂房')
  // It is kept as if it had been typed.
  await expect
    .poll(() => draftOnPhone(page, 'settlement'))
    .toMatchObject({ '/contact/phone': '13800138000', '/message': '想看厂房' })
  await page.reload()
  await expect(page.getByLabel('姓名')).toHaveValue('王样张')
  await expect(page.getByLabel('留言')).toHaveValue('想看厂房')
  // Of a form that says who is writing nothing is offered.
  await expect(offer).toHaveCount(0)
  await page.getByLabel('企业名称').fill('样张公司')
  await page.getByLabel('我已阅读并同意').check()
  await submit(page)
  await phone.setOffline(false)
  await expect.poll(() => storedInquiries(server).length).toBe(2)
})

test('a withdrawn request is the beginning of another, which is sent under a number of its own', async ({
  phone,
  server,
}) => {
  const page = await phone.visit('/contact')
  const again = page.getByRole('link', { name: '用这些内容重新填写' })
  await deliverContact(page)
  await expect(again).toHaveCount(0)
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
  await again.click()
  await expect(page.getByText('这是撤回的那次所填的内容，修改后可再提交。')).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('李样张')
  await expect(page.getByRole('button', { name: '填入上次的联系方式' })).toHaveCount(0)
  await expect(page.getByText('已自动保存')).toBeVisible()
  await page.reload()
  await expect(page.getByText(/^这是撤回的那次所填的内容/)).toBeVisible()
  await page.getByLabel('留言').fill('改一下：两千平方米。')
  await page.getByLabel('我已阅读并同意').check()
  await submit(page)
  await expect(page.getByText('已送达').first()).toBeVisible()
  expect(new Set(storedInquiries(server).map(({ receipt }) => receipt)).size).toBe(2)
})

test('what was begun since is not replaced by a withdrawn request', async ({ phone }) => {
  const page = await phone.visit('/contact')
  await deliverContact(page)
  const address = page.url()
  await page.goto('/contact')
  await page.getByLabel('姓名').fill('王样张')
  await expect(page.getByText('已自动保存')).toBeVisible()
  await page.goto(address)
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
  await page.getByRole('link', { name: '用这些内容重新填写' }).click()
  await expect(page.getByText('这张表里已有没写完的内容，没有换成撤回的那次所填的。')).toBeVisible()
  await expect(page.getByLabel('姓名')).toHaveValue('王样张')
  await expect(page.getByLabel('留言')).toHaveValue('')
})
