import type { Page } from '@playwright/test'
import { withdrawRecords } from '#server/feed/review.ts'
import { withFeed } from '../support/with-feed.ts'
import { expect, test } from './phone.ts'

const A1 = 'sample-factory-jiabei-a1'
const C2 = 'sample-factory-jiabei-c2'
const PLOT = 'sample-land-jiabei-02'
const FLOOR = 'sample-office-nanxiang'

async function choose(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await page.goto(`/listings/${id}`)
    await page.getByRole('button', { name: '加入对比' }).click()
    await expect(page.getByRole('button', { name: '移出对比' })).toBeVisible()
  }
}

const columns = (page: Page) => page.getByRole('columnheader')
const row = (page: Page, name: RegExp) => page.getByRole('row', { name })

test('listings stand side by side, and what differs is marked', async ({ phone }) => {
  const page = await phone.visit('/listings?type=factory')
  for (const name of [/嘉北智造园 A1/, /嘉北智造园 C2/]) {
    await page.getByRole('link', { name }).click()
    await page.getByRole('button', { name: '加入对比' }).click()
    await page.goBack()
  }
  await page.getByRole('link', { name: /嘉北智造园 A1/ }).click()
  await page.getByRole('link', { name: '去对比（2/4）' }).click()
  await expect(columns(page)).toHaveCount(2)
  await expect(row(page, /^价格/)).toHaveClass(/differs/)
  await expect(page.getByRole('main').getByText(/数据截至 \d{4}\/\d\d\/\d\d \d\d:\d\d/)).toBeVisible()
  await page.getByRole('button', { name: '移出对比' }).first().click()
  await expect(columns(page)).toHaveCount(1)
})

test('what was chosen stands side by side after the app was closed, with no network, and in every tab', async ({
  phone,
}) => {
  await choose(await phone.visit(), [A1, C2])
  await phone.close()
  const page = await phone.open({ offline: true })
  await page.goto('/me')
  await page.getByRole('link', { name: '对比房源地块 2' }).click()
  await expect(columns(page)).toHaveCount(2)
  const other = await phone.context.newPage()
  await other.goto('/compare')
  await other.getByRole('button', { name: '移出对比' }).first().click()
  await expect(columns(page)).toHaveCount(1)
})

test('rents have both units, and what is not asked of a plot is not said to be missing', async ({ phone }) => {
  const page = await phone.visit()
  await choose(page, [A1, PLOT])
  await page.goto('/compare')
  await expect(row(page, /^价格/)).toContainText(/元\/㎡·天[\s\S]*约合 [\d.]+ 元\/㎡·月/)
  await expect(row(page, /^层高/).getByRole('cell').last()).toHaveText('—不适用')
  await expect(row(page, /^层高/)).not.toHaveClass(/differs/)
})

test('a fifth has no room, and the page says what to do; one that was withdrawn says so and makes room', async ({
  phone,
  server,
}) => {
  const page = await phone.visit()
  await choose(page, [A1, C2, PLOT, FLOOR])
  await page.goto('/listings/sample-land-huating')
  await expect(page.getByRole('button', { name: '加入对比' })).toBeDisabled()
  await expect(page.getByText('最多并排看 4 个：先移出一个，再加入。')).toBeVisible()
  await withFeed(server, (database) => withdrawRecords(database, [C2], Date.now()))
  await page.goto('/compare')
  await expect(page.getByText('所选的有 1 个已不在列表里，可能已撤下。')).toBeVisible()
  await expect(columns(page)).toHaveCount(3)
  await page.getByRole('button', { name: '移出对比' }).last().click()
  await expect(page.getByText(/可能已撤下/)).toHaveCount(0)
  await page.goto('/listings/sample-land-huating')
  await page.getByRole('button', { name: '加入对比' }).click()
  await expect(page.getByRole('link', { name: '去对比（4/4）' })).toBeVisible()
})
