import type { Page } from '@playwright/test'
import { startKillableBrowser } from '../support/killable-browser.ts'
import { runProgram, temporaryFolder } from '../support/server.ts'
import { expect, preferencesOnPhone, test } from './phone.ts'

/** Whatever brings texts: bundles, the open one, steps, the open step, one body alone. */
const TEXTS = /^\/sync\/v2\/[^/]+\/((open-)?bundles|steps|tail|bodies)\//
const IN_BUNDLES = /^\/sync\/v2\/[^/]+\/((open-)?bundles|steps|tail)\//
const ALL_HERE = '要存的内容都在这部手机上'
const TITLE = '示例·嘉北智造园 A1'

/** Opens a list without loading the page anew. */
async function goToProjects(page: Page): Promise<void> {
  await page.getByRole('link', { name: '项目', exact: true }).click()
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
}

/** The dots of what can be read with no network. */
const dots = (page: Page) => page.getByRole('main').getByText('可离线').filter({ visible: true })

test('lists are there while texts are still on their way, and what has come is told as it is', async ({
  phone,
  network,
}) => {
  let letGo = () => {}
  network.fail('GET', TEXTS, { kind: 'hold', until: new Promise<void>((done) => (letGo = done)) })
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText('正在取回…')).toBeVisible()
  await expect(page.getByText(/^正文 0\/\d\d+ 条/)).toBeVisible()
  await goToProjects(page)
  await expect(page.getByText(/共 \d+ 条/)).toBeVisible()
  await expect(dots(page)).toHaveCount(0)
  letGo()
  await expect(dots(page).first()).toBeVisible()
  await page.goto('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await expect(page.getByText(/^正文 (\d+)\/\1 条/)).toBeVisible()
})

test('the room that is taken is told as it grows', async ({ phone, network }) => {
  let letGo = () => {}
  network.fail('GET', TEXTS, { kind: 'hold', until: new Promise<void>((done) => (letGo = done)) })
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText('正在取回…')).toBeVisible()
  const used = page.getByText('已用', { exact: true }).locator('..')
  await expect(used).toContainText('B')
  const before = await used.textContent()
  letGo()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await expect(used).not.toHaveText(before ?? '')
})

test('a text that is not here yet comes when it is opened; with no network it says so, and comes with the signal', async ({
  phone,
  network,
}) => {
  network.fail('GET', IN_BUNDLES, { kind: 'refuse' })
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText('还有内容没有取到，连上后自动继续')).toBeVisible()
  await expect(page.getByText(/^正文 0\/\d\d+ 条/)).toBeVisible()

  await page.getByRole('link', { name: '园区', exact: true }).click()
  const parks = page.getByRole('main').getByRole('listitem').getByRole('link')
  await parks.filter({ hasText: '示例' }).first().click()
  await expect(page.getByText(/来源/)).toBeVisible()
  await expect(page.getByText('正文还没有取到')).toHaveCount(0)
  await page.goBack()

  network.cut()
  await phone.setOffline(true)
  await parks.filter({ hasText: '示例' }).nth(1).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('示例')
  await expect(page.getByText('正文还没有取到这部手机上，连上后会自动取回。')).toBeVisible()
  await expect(dots(page)).toHaveCount(0)

  network.heal()
  await phone.setOffline(false)
  await expect(page.getByText(/来源/)).toBeVisible()
  await expect(page.getByText('正文还没有取到')).toHaveCount(0)
})

test('whoever wants titles only gets no texts, but for what they keep, which is whole with its pictures', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  const titlesOnly = page.getByRole('button', { name: /^只存标题/ })
  await titlesOnly.click()
  await expect(page.getByText('已存的正文、图片和附件会从这部手机删除，收藏和考察包里的除外。')).toBeVisible()
  await expect(page.getByRole('button', { name: '取消' })).toBeFocused()
  await page.getByRole('button', { name: '取消' }).click()
  await expect(page.getByRole('button', { name: /^标题和正文/ })).toBeFocused()
  await expect(titlesOnly).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByText(/^正文 /)).toBeVisible()
  await titlesOnly.click()
  await page.getByRole('button', { name: '删除，只存标题' }).click()
  await expect(titlesOnly).toHaveAttribute('aria-pressed', 'true')
  await expect(titlesOnly).toBeFocused()
  await expect(page.getByText(/^正文 /)).toBeHidden()
  await goToProjects(page)
  await expect(dots(page)).toHaveCount(0)

  const before = network.passed.length
  await page.goto('/listings?type=factory')
  const card = page.getByRole('main').getByRole('link', { name: new RegExp(TITLE) })
  await expect(card).toBeVisible()
  expect(network.passed.slice(before).filter(({ path }) => TEXTS.test(path))).toEqual([])

  network.fail('GET', /^\/media\//, { kind: 'answer', status: 404 })
  await card.click()
  await page.getByRole('button', { name: '收藏' }).click()
  await expect(page.getByRole('button', { name: '收藏', pressed: true })).toBeVisible()
  await page.goto('/me/storage')
  await expect(page.getByText(/^正文 1\/1 条/)).toBeVisible()
  await expect(page.getByText(/^图片和附件 0\/\d 个/)).toBeVisible()
  await expect(page.getByText('还有内容没有取到，连上后自动继续')).toBeVisible()
  await page.goto('/listings?type=factory')
  await expect(card).toBeVisible()
  await expect(dots(page)).toHaveCount(0)

  network.heal()
  await page.goto('/me/storage')
  await page.getByRole('button', { name: '检查更新' }).click()
  await expect(page.getByText(/^图片和附件 (\d)\/\1 个/)).toBeVisible()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await page.goto('/listings?type=factory')
  await expect(card.getByText('可离线')).toBeVisible()
  await expect(dots(page)).toHaveCount(1)
})

/** The last size that a text tells, bytes. */
function bytesIn(text: string): number {
  const [, size, unit] = /([\d.]+) (kB|MB)\D*$/.exec(text) ?? []
  return Number(size) * 1024 ** (unit === 'MB' ? 2 : 1)
}

test('sizes stay as they were where nobody answers, and of what is here nothing is called unknown', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/me/storage')
  const choices = page.getByRole('group', { name: '存到这部手机的内容' }).getByRole('button')
  await expect(choices.first()).toContainText('B')
  const sizes = await choices.allInnerTexts()
  expect(sizes).toEqual([
    expect.stringMatching(/^只存标题（[\d.]+ \wB）$/),
    expect.stringMatching(/^标题和正文（[\d.]+ \wB）$/),
    // Nobody says how large a drawing is.
    expect.stringMatching(/^全部含图片（[\d.]+ \wB 以上）$/),
  ])
  await expect(page.getByText(/^另有 \d+ 个文件大小未知，未计入。$/)).toBeVisible()
  const [titles, texts] = sizes.map(bytesIn)
  const alone = bytesIn(await page.getByText(/^正文 .* \/ /).innerText())
  // What makes the texts searchable takes room too.
  expect(texts! - titles!).toBeGreaterThan(1.5 * alone)
  network.cut()
  await phone.setOffline(true)
  await page.reload()
  await expect(page.getByText('当前离线')).toBeVisible()
  await expect.poll(() => choices.allInnerTexts()).toEqual(sizes)

  network.heal()
  await phone.setOffline(false)
  await choices.last().click()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await expect(page.getByText(/^图片和附件 (\d+)\/\1 个\s*$/)).toBeVisible()
  await expect(page.getByText(/大小未知/)).toHaveCount(0)
})

/** In the page: nobody can open the person's own store until `letGo` is called. */
function holdMine(): void {
  const opening = indexedDB.open('luodi-mine', 1)
  let isHeld = true
  Object.assign(globalThis, { letGo: () => (isHeld = false) })
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore('held')
    const hold = () => {
      if (isHeld) store.get('nothing').onsuccess = hold
      else opening.transaction?.abort()
    }
    hold()
  }
}

test('lists wait for nothing, and texts until it is known what is wanted', async ({ phone, network }) => {
  const holder = await phone.open()
  await holder.goto('/healthz')
  await holder.evaluate(holdMine)
  const page = await phone.context.newPage()
  await page.goto('/me/storage')
  await expect(page.getByText(/^\s*\d+ 条\s*$/).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^标题和正文（/ })).toHaveAttribute('aria-pressed', 'false')
  await goToProjects(page)
  await expect(dots(page)).toHaveCount(0)
  expect(network.passed.filter(({ path }) => TEXTS.test(path))).toEqual([])
  await holder.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo())
  await expect(dots(page).first()).toBeVisible()
})

test('what was chosen outlives a browser that is killed at once', async ({ network }) => {
  const profile = temporaryFolder()
  const open = async () => {
    const browser = await startKillableBrowser(profile)
    await browser.page.goto(`${network.url}/me/storage`)
    await expect(browser.page.getByText(ALL_HERE)).toBeVisible()
    return { ...browser, titlesOnly: browser.page.getByRole('button', { name: /^只存标题/ }) }
  }
  const first = await open()
  await first.titlesOnly.click()
  await first.page.getByRole('button', { name: '删除，只存标题' }).click()
  await expect(first.titlesOnly).toHaveAttribute('aria-pressed', 'true')
  await first.kill()

  const before = network.passed.length
  const second = await open()
  await expect(second.titlesOnly).toHaveAttribute('aria-pressed', 'true')
  // What the kill may have left behind has gone too, once and for all.
  await expect
    .poll(() => preferencesOnPhone(second.page))
    .toEqual([{ name: 'content', depth: 'titles', pause: 'auto' }])
  await goToProjects(second.page)
  await expect(dots(second.page)).toHaveCount(0)
  expect(network.passed.slice(before).filter(({ path }) => TEXTS.test(path))).toEqual([])
  await second.kill()
})

test('where the browser is told to save data nothing more than lists is fetched, until the person says so', async ({
  phone,
  network,
}) => {
  const page = await phone.open()
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { configurable: true, value: { saveData: true } }),
  )
  await page.goto('/me/storage')
  await expect(page.getByText('省流量模式，已暂停')).toBeVisible()
  await expect(page.getByText(/^正文 0\/\d\d+ 条/)).toBeVisible()
  await goToProjects(page)
  expect(network.passed.filter(({ path }) => TEXTS.test(path))).toEqual([])
  await page.goBack()
  await page.getByRole('button', { name: '继续取回' }).click()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await expect(page.getByText(/^正文 (\d+)\/\1 条/)).toBeVisible()
})

test('a person pauses what is being fetched, and goes on later', async ({ phone, network }) => {
  let letGo = () => {}
  network.fail('GET', TEXTS, { kind: 'hold', until: new Promise<void>((done) => (letGo = done)) }, 1)
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText(/^正文 0\/\d\d+ 条/)).toBeVisible()
  await page.getByRole('button', { name: '暂停' }).click()
  letGo()
  await expect(page.getByText('已暂停')).toBeVisible()
  // What was on its way may still have come to the page before; nothing comes to the next ones.
  await page.reload()
  const paused = await page.getByText(/^正文 /).textContent()
  await page.reload()
  await expect(page.getByText('已暂停')).toBeVisible()
  expect(await page.getByText(/^正文 /).textContent()).toBe(paused)
  await page.getByRole('button', { name: '继续取回' }).click()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
})

/** In the page: whether the search's index holds everything that was here when it was made. */
function indexedState(): Promise<boolean> {
  return new Promise((resolve) => {
    const request = indexedDB.open('luodi-search')
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => resolve(false)
    request.onsuccess = () => {
      const asked = request.result.transaction('meta').objectStore('meta').get('state')
      asked.onsuccess = () => {
        request.result.close()
        resolve((asked.result as { source?: string } | undefined)?.source !== undefined)
      }
    }
  })
}

test('with no network a link to what this copy does not know says that it may be newer', async ({ phone }) => {
  const page = await phone.visit('/policies')
  await phone.setOffline(true)
  await page.goto('/policies/newer-than-the-copy')
  await expect(page.getByText('这部手机上没有这条内容')).toBeVisible()
  await expect(page.getByText('可能已经撤下')).toHaveCount(0)
  await phone.setOffline(false)
  await expect(page.getByText('没有找到这条内容')).toBeVisible()
})

test('what is wanted in one tab is wanted in all', async ({ phone }) => {
  const page = await phone.visit('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  const other = await phone.context.newPage()
  await other.goto('/me/storage')
  await expect(other.getByText(ALL_HERE)).toBeVisible()
  await page.getByRole('button', { name: '只存标题' }).click()
  await page.getByRole('button', { name: '删除，只存标题' }).click()
  await expect(other.getByRole('button', { name: '只存标题' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/^正文 /)).toBeHidden()
  await other.getByRole('button', { name: '检查更新' }).click()
  await expect(other.getByRole('button', { name: '检查更新' })).toBeEnabled()
  await expect(other.getByText(ALL_HERE)).toBeVisible()
  await goToProjects(other)
  await expect(dots(other)).toHaveCount(0)
})

test('a pause of the person ends with 继续取回, and one for saving data comes again', async ({ phone }) => {
  const page = await phone.open()
  await page.addInitScript(() => {
    const saving = { saveData: false }
    Object.assign(globalThis, { saving })
    Object.defineProperty(navigator, 'connection', { get: () => saving })
  })
  await page.goto('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  const wish = (pause: string) =>
    page.evaluate((value) => localStorage.setItem('luodi-content-wish', JSON.stringify({ pause: value })), pause)
  await wish('paused')
  await page.reload()
  await page.getByRole('button', { name: '继续取回' }).click()
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await page.evaluate(() => Object.assign((globalThis as unknown as { saving: object }).saving, { saveData: true }))
  await page.getByRole('button', { name: '检查更新' }).click()
  await expect(page.getByText('省流量模式，已暂停')).toBeVisible()
})

test('a text that was opened is found, though only titles are wanted', async ({ phone }) => {
  const page = await phone.open()
  await page.goto('/healthz')
  await page.evaluate(() => localStorage.setItem('luodi-content-wish', JSON.stringify({ depth: 'titles' })))
  await page.goto('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  // The index is there, and knows of titles alone.
  await expect.poll(() => page.evaluate(indexedState)).toBe(true)

  await page.getByRole('link', { name: '园区', exact: true }).click()
  const parks = page.getByRole('main').getByRole('listitem').getByRole('link')
  await parks.filter({ hasText: '示例' }).first().click()
  await expect(page.getByText(/来源/)).toBeVisible()
  const words = /[一-鿿]{8}/.exec(await page.locator('.body p').last().innerText())![0]
  await page.goBack()
  await page.getByRole('link', { name: '首页', exact: true }).click()
  await page.getByRole('link', { name: '搜项目、政策、园区、房源' }).click()
  await page.getByRole('searchbox').fill(words)
  await expect(page.locator('mark', { hasText: words }).first()).toBeVisible()
  await expect(page.getByText('这部手机只存标题，没存的正文查不到')).toBeVisible()
})

test('a later page of a long list is waited for, and never called empty', async ({ phone, server }) => {
  const made = await runProgram('content', ['generate', '800', '--into-existing'], { DATA_DIR: server.dataDir })
  expect(made.code).toBe(0)
  const page = await phone.visit('/me/storage')
  await expect(page.getByText(ALL_HERE)).toBeVisible()
  await page.addInitScript(() => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    new MutationObserver(() => {
      if (document.body?.innerText.includes('没有符合条件的内容')) said.push('empty')
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto('/articles?page=9')
  await expect(page.getByText(/^共 \d+ 条/)).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
  expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toEqual([])
})
