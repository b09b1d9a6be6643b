import { runProgram } from '../support/server.ts'
import { deliverContact, expect, storedInquiries, test } from './phone.ts'

test('an officer moves a request on, and the phone shows it at its next contact', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await deliverContact(page)
  const { receiptNo } = JSON.parse(storedInquiries(server)[0]!.receipt) as { receiptNo: string }

  const moved = await runProgram('inquiries', ['status', receiptNo, '已受理'], { DATA_DIR: server.dataDir })
  expect(moved.code).toBe(0)
  await page.reload()
  await expect(page.getByText('已受理')).toBeVisible()
})

test('a withdrawn request is ended at the server too', async ({ phone, server }) => {
  const page = await phone.visit('/contact')
  await deliverContact(page)
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('已撤回').first()).toBeVisible()
  const listed = await runProgram('inquiries', ['list'], { DATA_DIR: server.dataDir })
  expect(listed.stdout).toContain('已撤回')
  expect(listed.stdout).not.toContain('李样张')
})

test('a published change reaches a phone that has the content', async ({ phone, server }) => {
  const page = await phone.visit('/parks')
  const park = page.getByRole('link', { name: /马陆丰登工业园/ })
  const id = (await park.getAttribute('href'))!.split('/').at(-1)!
  const withdrawn = await runProgram('content', ['withdraw', id], { DATA_DIR: server.dataDir })
  expect(withdrawn.code).toBe(0)
  await page.goto('/me/storage')
  await page.getByRole('button', { name: '检查更新' }).click()
  await page.goto('/parks')
  await expect(page.getByRole('link', { name: /安亭镇园区/ })).toBeVisible()
  await expect(park).toHaveCount(0)
})
