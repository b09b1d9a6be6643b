import type { Page } from '@playwright/test'
import { expect, Phone, test } from './phone.ts'

const field = (page: Page) => page.getByRole('searchbox')
const hits = (page: Page) => page.locator('main ul.rows > li')
const count = (page: Page) => page.getByRole('status').filter({ hasText: /^共/ })

test('what is typed is found as it is typed, offline, marked in title and text, and counted', async ({ phone }) => {
  const page = await phone.visit()
  await phone.setOffline(true)
  await page.getByRole('link', { name: '搜项目、政策、园区、房源' }).click()
  await expect(page.getByText('标题也可打拼音或首字母。')).toBeVisible()
  await field(page).pressSequentially('能网联汽')
  await expect(page.locator('mark', { hasText: '能网联汽' }).first()).toBeVisible()
  await expect(count(page)).toHaveText(`共 ${await hits(page).count()} 条`)
  await field(page).fill('外')
  await expect(page.locator('mark', { hasText: '外' }).first()).toBeVisible()
  await field(page).fill('jiading')
  await expect(page.locator('mark', { hasText: '嘉定' }).first()).toBeVisible()
  await field(page).fill('mlfd')
  await expect(page.locator('mark', { hasText: '马陆丰登' }).first()).toBeVisible()
  await field(page).fill('產業')
  await expect(page.locator('mark', { hasText: '产业' }).first()).toBeVisible()
  await field(page).fill('没有这样的词')
  await expect(page.getByText('没有找到')).toBeVisible()
})

test('hits are narrowed by kind, place and time', async ({ phone }) => {
  const page = await phone.visit('/search')
  await field(page).fill('嘉定')
  await expect(hits(page).first()).toBeVisible()
  const all = await count(page).innerText()
  await page.getByRole('link', { name: '优惠政策' }).click()
  await expect(count(page)).not.toHaveText(all)
  await page.getByRole('navigation', { name: '按类别' }).getByRole('link', { name: '全部' }).click()
  await expect(count(page)).toHaveText(all)
  const town = page.getByRole('combobox', { name: '地区' }).locator('option', { hasText: '马陆镇' })
  const label = (await town.innerText()).trim()
  await page.getByRole('combobox', { name: '地区' }).selectOption({ label })
  await expect(count(page)).toHaveText(`共 ${/\((\d+)\)/.exec(label)?.[1]} 条`)
  await page.getByRole('combobox', { name: '地区' }).selectOption({ label: '全部地区' })
  await page.getByRole('combobox', { name: '时间' }).selectOption({ label: '近一个月' })
  await expect(count(page)).not.toHaveText(all)
})

test('what hits are narrowed to is there after a reload, also without a network, and where nothing is left', async ({
  phone,
}) => {
  const page = await phone.visit('/search')
  const places = page.getByRole('combobox', { name: '地区' })
  const times = page.getByRole('combobox', { name: '时间' })
  await field(page).fill('嘉定')
  const town = (await places.locator('option', { hasText: '马陆镇' }).innerText()).trim()
  await places.selectOption({ label: town })
  await expect(page).toHaveURL(/region=310114106/)
  await phone.setOffline(true)
  await page.reload()
  await expect(field(page)).toHaveValue('嘉定')
  await expect(count(page)).toHaveText(`共 ${/\((\d+)\)/.exec(town)?.[1]} 条`)
  await expect(places.locator('option:checked')).toHaveText(town)
  await field(page).fill('没有这样的词')
  await expect(page.getByText('没有找到')).toBeVisible()
  await expect(places.locator('option:checked')).toHaveText('马陆镇 (0)')
  await page.goto('/search?q=嘉定&region=杭州&days=7&kind=x')
  await expect(places.locator('option:checked')).toHaveText('全部地区')
  await expect(times.locator('option:checked')).toHaveText('全部时间')
  await page.goto(`/search?q=${'长'.repeat(300)}`)
  await expect(field(page)).toHaveValue('长'.repeat(100))
})

test('words that are typed and not sent stand in the address, and a reload finds them again, offline too', async ({
  phone,
}) => {
  const page = await phone.visit('/search')
  await field(page).pressSequentially('丰登')
  await expect(page).toHaveURL(`/search?q=${encodeURIComponent('丰登')}`)
  await phone.setOffline(true)
  await page.reload()
  await expect(field(page)).toHaveValue('丰登')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('马陆丰登工业园')
  await page.goBack()
  await expect(field(page)).toHaveValue('丰登')
})

test('who goes back right after typing is at the page before, and its address is its own', async ({
  worklessPhone: phone,
}) => {
  const page = await phone.visit('/parks')
  await page.getByRole('link', { name: '搜索' }).click()
  await expect(page).toHaveURL(/search$/)
  await page.clock.install()
  let answer = () => {}
  const held = new Promise<void>((done) => (answer = done))
  await page.route(/ParkListPage/, (route) => held.then(() => route.continue()))
  await page.reload()
  await field(page).pressSequentially('丰登')
  await expect(hits(page).first()).toBeVisible()
  await page.evaluate(() => history.back())
  await expect(page).toHaveURL(/parks$/)
  // What is typed is written into the address after a moment.
  await page.clock.fastForward(1000)
  answer()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('产业园区')
  await expect(page).toHaveURL(/parks$/)
})

test('a blank between Chinese and a number makes no difference, and words that stand apart are offered to be found so', async ({
  phone,
}) => {
  const page = await phone.visit('/search')
  await field(page).fill('C2号仓储厂房')
  await expect(hits(page).first().locator('mark').first()).toHaveText('C2 号仓储厂房')
  await field(page).fill('仓储2号')
  await expect(page.getByText('没有找到')).toBeVisible()
  await page.getByRole('link', { name: '分开找：仓储 2 号' }).click()
  await expect(field(page)).toHaveValue('仓储 2 号')
  await expect(hits(page).first()).toContainText('2 号仓储厂房')
  await field(page).fill('安亭厂房')
  await page.getByRole('link', { name: '分开找：安亭 厂房' }).click()
  await expect(hits(page).first()).toContainText('厂房')
  await field(page).fill('魑魅')
  await expect(page.getByText('没有找到')).toBeVisible()
  await expect(page.getByRole('link', { name: /分开找/ })).toBeHidden()
})

test('until texts are looked into, that is said, and nothing is called missing', async ({ network }) => {
  const phone = new Phone(network.url)
  const page = await phone.open()
  const isScript = (url: URL) => /\.js$/.test(url.pathname)
  await page.route(isScript, () => undefined)
  await page.goto('/search?q=智能网联', { waitUntil: 'commit' })
  await expect(page.getByText('还没有找正文')).toBeVisible()
  await page.goto('/search?q=没有这样的词', { waitUntil: 'commit' })
  await expect(page.getByText('标题和标签里没有')).toBeVisible()
  await expect(page.getByText('还没有找正文')).toBeVisible()
  await expect(page.getByText('没有找到')).toBeHidden()
  await page.unroute(isScript)
  await page.reload()
  await expect(page.getByText('没有找到')).toBeVisible()
  await expect(page.getByText('还没有找正文')).toBeHidden()
  await phone.close()
})

test('the server narrows what it brings as the address says', async ({ network }) => {
  const phone = new Phone(network.url, { javaScriptEnabled: false })
  const page = await phone.open()
  await page.goto('/search?q=嘉定')
  const all = await hits(page).count()
  await page.goto('/search?q=嘉定&region=310114106')
  const some = await hits(page).count()
  expect(some).toBeGreaterThan(0)
  expect(some).toBeLessThan(all)
  // How many there are elsewhere is not known yet.
  expect(await page.content()).not.toContain('马陆镇 (')
  // Other words, in the same place.
  await field(page).fill('嘉')
  await field(page).press('Enter')
  await expect(page).toHaveURL(/region=310114106/)
  await page.goto('/search?q=嘉定&region=310114106')
  await page.getByRole('link', { name: '不限地区和时间' }).click()
  await expect(hits(page)).toHaveCount(all)
  await page.goto('/search?q=C2号仓储厂房')
  await expect(hits(page).first()).toContainText('2 号仓储厂房')
  await page.goto('/search?q=仓储2号')
  await page.getByRole('link', { name: '分开找：仓储 2 号' }).click()
  await expect(hits(page).first()).toContainText('2 号仓储厂房')
  await phone.close()
})

test('the places to choose from can be read at the width of a small phone', async ({ phone }) => {
  const page = await phone.visit('/search')
  await field(page).fill('嘉定')
  const places = page.getByRole('combobox', { name: '地区' })
  await expect(places.getByRole('option', { name: /^马陆镇 \(\d+\)$/ })).toBeAttached()
  await expect(places.getByRole('option', { name: /^上海市嘉定区 \(\d+\)$/ })).toBeAttached()
  // As wide as the longest of them.
  const { width, needed } = await places.evaluate((select: HTMLSelectElement) => {
    const width = select.offsetWidth
    select.style.cssText = 'flex: none; width: max-content'
    return { width, needed: select.offsetWidth }
  })
  expect(width).toBeGreaterThanOrEqual(needed)
})

test('what was searched for last is kept on the phone, and can be cleared', async ({ phone }) => {
  const page = await phone.visit('/search')
  await field(page).fill('丰登')
  await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
  await page.goto('/search')
  await page.getByRole('button', { name: '丰登', exact: true }).click()
  await expect(page.getByRole('link', { name: /马陆丰登工业园/ })).toBeVisible()
  await field(page).fill('')
  await page.getByRole('button', { name: '清除' }).click()
  await expect(page.getByText('最近搜过')).toBeHidden()
  await page.reload()
  await expect(page.getByText('最近搜过')).toBeHidden()
})

test('where there are no workers, the page looks for itself', async ({ phone }) => {
  const page = await phone.open()
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
  await page.goto('/')
  await expect(page.getByText('可离线').filter({ visible: true }).first()).toBeVisible()
  await page.goto('/search')
  await field(page).fill('智能网联')
  await expect(page.getByRole('link', { name: /外冈镇聚智谋局/ })).toBeVisible()
})

test('who types the name of a list is offered the whole of it', async ({ phone }) => {
  const page = await phone.visit('/search')
  const offered = page.getByRole('navigation', { name: '整个列表' }).getByRole('link')
  await page.getByRole('searchbox').fill('产业园')
  await expect(offered).toHaveText(['看全部产业园区'])
  await page.getByRole('searchbox').fill('园')
  await expect(offered).toHaveCount(0)
  await page.getByRole('searchbox').fill('厂房')
  await expect(offered).toHaveText(['看全部厂房'])
  await phone.setOffline(true)
  await offered.click()
  await expect(page).toHaveURL(/\/listings\?type=factory$/)
  await expect(page.getByRole('link', { name: /嘉北智造园 A1/ })).toBeVisible()
})
