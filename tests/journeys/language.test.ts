import { expect, storedInquiries, test } from './phone.ts'

test('in English, a form that the server rendered offers English choices, and sends what it means in Chinese', async ({
  phone,
  server,
}) => {
  const page = await phone.visit('/me')
  await page.getByRole('button', { name: 'English' }).click()
  await page.goto('/settle')
  for (const [label, choice] of [
    ['Company is', 'Abroad'],
    ['Way of investing', 'Rent a plant'],
    ['Start', 'Within half a year'],
    ['Space or land', 'Plant'],
  ] as const)
    await page.getByLabel(label).selectOption(choice)

  await page.goto('/contact')
  await page.getByLabel('Name').fill('Anna Li')
  await page.getByLabel('Mobile', { exact: true }).fill('13800138000')
  await page.getByLabel('Topic').selectOption('Land auctions')
  await page.getByLabel('I have read and agree').check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await expect(page.getByRole('heading', { name: 'Delivered' })).toBeVisible()
  expect(JSON.parse(storedInquiries(server)[0]?.body ?? '{}')).toMatchObject({ topic: '土地招拍挂' })
})

test('the home page keeps its English title when it is loaded anew', async ({ phone }) => {
  const page = await phone.visit('/me')
  await page.getByRole('button', { name: 'English' }).click()
  await page.goto('/')
  await expect(page).toHaveTitle('Luodi · Invest in Jiading')
})
