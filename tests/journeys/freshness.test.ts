import type { Page } from '@playwright/test'
import { storePage } from '#server/feed/store.ts'
import { withdrawRecords } from '#server/feed/review.ts'
import { article, page as importedPage } from '../server/samples.ts'
import type { RunningServer } from '../support/server.ts'
import { withFeed } from '../support/with-feed.ts'
import { expect, test } from './phone.ts'

const TITLE = '一篇会变的资讯'

async function publish(server: RunningServer, title: string): Promise<void> {
  await withFeed(server, (database) => storePage(database, importedPage([article('changing', title)]), Date.now()))
}

async function withdraw(server: RunningServer): Promise<void> {
  await withFeed(server, (database) => withdrawRecords(database, ['changing'], Date.now()))
}

const refresh = (page: Page) => page.getByRole('button', { name: '刷新' }).click()
const rowOf = (page: Page, title: string) => page.getByRole('link', { name: new RegExp(title) })

/** Drags a finger down the page from its top. */
async function pull(page: Page, by: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 180, y }] })
  await touch('touchStart', 200)
  for (let way = 20; way <= by; way += 20) await touch('touchMove', 200 + way)
  await touch('touchEnd', 200 + by)
}

test('what changed since it was seen is marked until it is opened; a first look marks nothing', async ({
  phone,
  server,
}) => {
  await publish(server, TITLE)
  const page = await phone.visit('/articles')
  await expect(rowOf(page, TITLE)).toBeVisible()
  await expect(page.getByText(/数据截至 \d{4}\/\d\d\/\d\d \d\d:\d\d/)).toBeVisible()
  await expect(page.getByText('有更新')).toHaveCount(0)

  await publish(server, `${TITLE}（二）`)
  await refresh(page)
  await expect(rowOf(page, `${TITLE}（二）`)).toContainText('有更新')
  await expect(page.getByText('有更新')).toHaveCount(1)
  await page.reload()
  await expect(rowOf(page, `${TITLE}（二）`)).toContainText('有更新')

  await rowOf(page, `${TITLE}（二）`).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('（二）')
  await page.goBack()
  await expect(rowOf(page, `${TITLE}（二）`)).toBeVisible()
  await expect(page.getByText('有更新')).toHaveCount(0)
})

test('pulling the list down asks for news, and says what came of it', async ({ phone, server }) => {
  const page = await phone.visit('/articles')
  await pull(page, 60)
  await expect(rowOf(page, TITLE)).toHaveCount(0)
  // What the page asked for when it was opened has been answered: it would bring the news before the pull.
  await refresh(page)
  await expect(page.getByText('已是最新')).toBeVisible()
  await publish(server, TITLE)
  await pull(page, 200)
  await expect(rowOf(page, TITLE)).toBeVisible()
  await expect(page.getByText(/已更新$/)).toBeVisible()

  await phone.setOffline(true)
  await refresh(page)
  await expect(page.getByText(/连不上，仍是/)).toBeVisible()
  await expect(rowOf(page, TITLE)).toBeVisible()
  // It is said of that time alone.
  await phone.setOffline(false)
  await expect(page.getByText(/连不上，仍是/)).toHaveCount(0)
})

test('where the copy is looked after, asking for news says what came of it', async ({ phone, server }) => {
  const page = await phone.visit('/me/storage')
  await expect(page.getByText('要存的内容都在这部手机上')).toBeVisible()
  const ask = page.getByRole('button', { name: '检查更新' })
  // The app asks by itself too in the meantime, and what is said holds until the server is asked anew.
  await expect(async () => {
    await ask.click()
    await expect(page.getByText('已是最新')).toBeVisible({ timeout: 2000 })
  }).toPass()
  let times = 0
  await expect(async () => {
    await publish(server, `${TITLE}${++times}`)
    await ask.click()
    await expect(page.getByText('已更新')).toBeVisible({ timeout: 2000 })
  }).toPass()
  await phone.setOffline(true)
  await ask.click()
  await expect(page.getByText(/^暂时连不上服务器。/)).toBeVisible()
  await expect(page.getByText('已更新')).toHaveCount(0)
})

test('what is withdrawn says so and goes; the bookmark on it stays', async ({ phone, server }) => {
  await publish(server, TITLE)
  const page = await phone.visit('/articles')
  await rowOf(page, TITLE).click()
  await page.getByRole('button', { name: '收藏' }).click()
  await page.goBack()
  await expect(rowOf(page, TITLE)).toBeVisible()

  await withdraw(server)
  await refresh(page)
  await expect(page.getByText(`已撤下：${TITLE}`)).toBeVisible()
  await expect(rowOf(page, TITLE)).toHaveCount(0)

  await page.goto('/me/bookmarks')
  await expect(page.getByText(TITLE)).toBeVisible()
  await expect(page.getByText('已撤下')).toBeVisible()
})

test('a page that is read while its record is withdrawn says so', async ({ phone, server }) => {
  await publish(server, TITLE)
  const page = await phone.visit('/articles')
  await rowOf(page, TITLE).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
  await withdraw(server)
  await phone.setOffline(true)
  await phone.setOffline(false)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('已撤下')
})

test('a copy that was cleared in another tab is no list of withdrawn records, nor one in which nothing fits', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/parks')
  const park = page.getByRole('link', { name: /马陆丰登工业园/ })
  await expect(park).toBeVisible()
  const other = await phone.context.newPage()
  await other.goto('/me/storage')
  await expect(other.getByText('要存的内容都在这部手机上')).toBeVisible()
  network.fail('GET', /^\/sync\//, { kind: 'answer', status: 503 })
  await other.getByRole('button', { name: '清除内容并重新取回' }).click()
  await other.getByRole('button', { name: '清除内容并重新取回' }).click()
  await expect(park).toHaveCount(0)
  await expect(other.getByText(/^还有内容没有取到/)).toBeVisible()
  await expect(other.getByText('要存的内容都在这部手机上')).toHaveCount(0)
  await expect(page.getByText('没有符合条件的内容')).toHaveCount(0)
  await expect(page.getByText(/已撤下/)).toHaveCount(0)
  network.heal()
  await page.bringToFront()
  await page.reload()
  await expect(park).toBeVisible()
})

test('of a link that is newer than the copy nothing is said before the server has been asked', async ({
  phone,
  network,
  server,
}) => {
  const page = await phone.visit('/articles')
  await publish(server, TITLE)
  let answer = () => {}
  const asked = new Promise<void>((done) => (answer = done))
  network.fail('GET', /^\/articles\/changing/, { kind: 'refuse' })
  network.fail('GET', /^\/sync\/v2\/head/, { kind: 'hold', until: asked })
  const isAsked = page.waitForRequest(/head\.json/)
  await page.goto('/articles/changing')
  await isAsked
  await expect(page.locator('.skeleton')).toBeVisible()
  await expect(page.getByText('没有找到这条内容')).toHaveCount(0)
  answer()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TITLE)
})

test('what is not on an offline phone stays said, with its button, while the server is asked again', async ({
  phone,
  network,
  server,
}) => {
  const page = await phone.visit('/articles')
  await publish(server, TITLE)
  network.cut()
  await page.goto('/articles/changing')
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText('这部手机上没有这条内容')
  const back = page.getByRole('link', { name: '看全部' })
  await back.focus()
  await heading.evaluate((element) => element.setAttribute('data-said', ''))
  let answer = () => {}
  const asked = new Promise<void>((done) => (answer = done))
  network.heal()
  network.fail('GET', /^\/sync\/v2\/head/, { kind: 'hold', until: asked })
  const isAsked = page.waitForRequest(/head\.json/)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await isAsked
  await expect(page.locator('.skeleton')).toHaveCount(0)
  await expect(page.locator('h1[data-said]')).toBeVisible()
  await expect(back).toBeFocused()
  answer()
  await expect(heading).toContainText(TITLE)
})

test('a phone that is wiped remembers neither what was seen or searched for nor what was compared', async ({
  phone,
}) => {
  const keys = ['luodi-seen', 'luodi-searches', 'luodi-comparison']
  const remembered = () => page.evaluate((each) => each.map((key) => localStorage.getItem(key)), keys)
  const page = await phone.visit('/policies')
  await expect(page.getByText(/^共 \d+ 条/)).toBeVisible()
  await page.goto('/search')
  await page.getByRole('searchbox').fill('丰登')
  await page.keyboard.press('Enter')
  await page.goto('/listings/sample-factory-jiabei-a1')
  await page.getByRole('button', { name: '加入对比' }).click()
  await expect.poll(remembered).toEqual(keys.map((): unknown => expect.any(String)))
  await page.goto('/me/privacy')
  await page.getByRole('button', { name: '从这部手机删除全部' }).click()
  await page.getByRole('button', { name: '从这部手机删除全部' }).click()
  await expect(page.getByText('已从这部手机删除。')).toBeVisible()
  expect(await remembered()).toEqual(keys.map(() => null))
})

test('every list says as of when it is, with no network too', async ({ phone }) => {
  const page = await phone.visit('/parks')
  await page
    .getByRole('link', { name: /嘉北智造园/ })
    .first()
    .click()
  await page.getByRole('button', { name: '收藏', exact: true }).click()
  await expect(page.getByRole('button', { name: '收藏', exact: true, pressed: true })).toBeVisible()
  await page.getByRole('button', { name: '加入考察包' }).click()
  await expect(page.getByRole('link', { name: '已在考察包' })).toBeVisible()
  await phone.setOffline(true)
  const lists = ['/articles', '/projects', '/parks', '/policies', '/listings', '/guides', '/search?q=嘉定']
  for (const path of [...lists, '/me/bookmarks', '/me/pack']) {
    await page.goto(path)
    await expect(page.getByRole('main').getByText(/数据截至 \d{4}\/\d\d\/\d\d \d\d:\d\d/), path).toBeVisible()
  }
})
