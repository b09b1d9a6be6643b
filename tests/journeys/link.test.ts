import type { Page } from '@playwright/test'
import { draftOnPhone, expect, Phone, storedInquiries, test } from './phone.ts'
import { runProgram } from '../support/server.ts'

/** Everything that went wrong on a page, as the browser tells it. */
function complaints(page: Page): string[] {
  const heard: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(message.text())
  })
  page.on('pageerror', (error) => heard.push(error.message))
  return heard
}

/** Marks the first heading as soon as the parser has made it, and adds up what moves. */
function watchFirstPaint(): void {
  const seen = window as unknown as { shift: number }
  seen.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
  new MutationObserver((_changes, observer) => {
    const heading = document.querySelector('h1')
    if (heading === null) return
    heading.setAttribute('data-parsed', '')
    observer.disconnect()
  }).observe(document, { childList: true, subtree: true })
}

const PAGES = ['/', '/articles', '/projects', '/policies', '/parks', '/listings', '/guides', '/contact', '/settle']

test('a link opens as it will stay: taken over without a flash, a mismatch, a shift or a second fetch', async ({
  phone,
  network,
}) => {
  // Ten first visits, each in a browser of its own.
  test.slow()
  const page = await phone.open()
  const links = await page.goto('/articles').then(() => page.locator('main a[href^="/articles/"]').first())
  const article = (await links.getAttribute('href'))!
  await phone.close()

  for (const path of [article, ...PAGES]) {
    const visitor = new Phone(network.url)
    const first = await visitor.open()
    const heard = complaints(first)
    await first.addInitScript(watchFirstPaint)
    const before = network.passed.length
    const address = `${path}?first=${encodeURIComponent(path)}`
    await first.goto(address)
    await expect(first.locator('h1[data-parsed]'), path).toHaveCount(1)
    // The phone's own store has opened, and the worker keeps the page: whatever takes over has done so.
    await expect.poll(() => first.evaluate(async () => (await indexedDB.databases()).length), path).toBeGreaterThan(1)
    if (path === article)
      await expect
        .poll(() => first.evaluate(async (kept) => (await caches.match(kept)) !== undefined, address), path)
        .toBe(true)
    await expect(first.locator('h1[data-parsed]'), path).toHaveCount(1)
    expect(await first.evaluate(() => (window as unknown as { shift: number }).shift), path).toBe(0)
    expect(heard, path).toEqual([])
    const asked = network.passed.slice(before).map((passed) => passed.path)
    expect(
      asked.filter((other) => !/^\/(assets|icons|sync|media|sw\.js|manifest|index\.html)/.test(other)),
      path,
    ).toEqual([address])
    await visitor.close()
  }
})

test('until the phone has its copy, a link leads to a page that the server rendered; then pages read the phone', async ({
  worklessPhone: phone,
  network,
}) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  network.fail('GET', /^\/sync\//, { kind: 'hold', until: held })
  const page = await phone.open()
  await page.goto('/')
  await page.evaluate(() => ((window as unknown as { first: boolean }).first = true))
  const isFirst = () => page.evaluate(() => (window as unknown as { first?: boolean }).first === true)
  await page.getByRole('link', { name: '政策', exact: true }).click()
  await expect(page.getByRole('link', { name: /若干措施/ }).first()).toBeVisible()
  expect(await isFirst()).toBe(false)

  release()
  await expect(page.getByText('可离线').filter({ visible: true }).first()).toBeVisible()
  await page.evaluate(() => ((window as unknown as { first: boolean }).first = true))
  const before = network.passed.length
  await page.getByRole('link', { name: '园区', exact: true }).click()
  await expect(page.getByRole('link', { name: /马陆丰登工业园/ })).toBeVisible()
  expect(await isFirst()).toBe(true)
  expect(network.passed.slice(before).filter(({ path }) => path.startsWith('/parks'))).toEqual([])
})

test('a link that is pressed while the page is being taken over leads there too', async ({
  worklessPhone: phone,
  network,
}) => {
  network.fail('GET', /^\/sync\//, { kind: 'hold', until: new Promise(() => undefined) })
  const page = await phone.open()
  // In the very moment after the frame has been taken over, before what it frames.
  await page.addInitScript(() => {
    const { value: listen } = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'addEventListener') as {
      value: EventTarget['addEventListener']
    }
    let isPressed = location.pathname !== '/'
    EventTarget.prototype.addEventListener = function (...args) {
      listen.apply(this, args)
      const isLink = this instanceof HTMLAnchorElement && this.pathname === '/policies'
      if (isPressed || !isLink || args[0] !== 'click') return
      isPressed = true
      queueMicrotask(() => this.click())
    }
  })
  await page.goto('/')
  await expect(page).toHaveURL('/policies')
  await expect(page.getByRole('link', { name: /若干措施/ }).first()).toBeVisible()
})

test('a page opened again moves nothing either', async ({ phone }) => {
  const page = await phone.visit()
  await page.addInitScript(watchFirstPaint)
  for (const path of PAGES) {
    await page.goto(path)
    await expect(page.locator('h1')).toHaveCount(1)
    // Lists and front page are read from the phone; what they show comes in one piece.
    if (!['/contact', '/settle'].includes(path))
      await expect(page.locator('main .rows a, main ul a').first()).toBeVisible()
    const settled = () => page.evaluate(() => document.querySelectorAll('main .skeleton').length)
    await expect.poll(settled, path).toBe(0)
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift), path).toBe(0)
  }
})

test('what is typed before the scripts have come is kept', async ({ phone, network }) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  network.fail('GET', /^\/assets\//, { kind: 'hold', until: held })
  const page = await phone.open()
  await page.goto('/contact')
  await page.getByLabel('姓名').fill('王芳')
  await page.getByLabel('手机').fill('13800138000')
  await page.getByLabel('咨询主题').selectOption('厂房价格')
  await page.getByLabel('我已阅读并同意').check()
  release()
  // Taken over: only now do the ways to answer choose among themselves.
  await expect(page.getByLabel('邮箱')).toHaveCount(0)
  await expect(page.getByLabel('姓名')).toHaveValue('王芳')
  await expect(page.getByLabel('手机')).toHaveValue('13800138000')
  await expect(page.getByLabel('咨询主题')).toHaveValue('厂房价格')
  await expect(page.getByLabel('我已阅读并同意')).toBeChecked()
  await expect.poll(() => draftOnPhone(page, 'contact')).toMatchObject({ '/name': '王芳', '/phone': '13800138000' })
})

test('a record opened from a link is there again with no network, before any script has run', async ({
  phone,
  network,
}) => {
  const parks = await (await fetch(`${network.url}/parks`)).text()
  const [, href = ''] = /href="(\/parks\/[^"]+)"(?:(?!<\/a>)[\s\S])*马陆丰登工业园/.exec(parks) ?? []
  let page = await phone.open()
  await page.goto(href)
  const kept = () => page.evaluate(async (path) => (await caches.match(path)) !== undefined, href)
  await expect.poll(kept).toBe(true)
  await phone.close()
  network.cut()
  page = await phone.open({ offline: true })
  await page.addInitScript(watchFirstPaint)
  await page.goto(href)
  await expect(page.locator('h1[data-parsed]')).toContainText('马陆丰登工业园')
  await expect(page.locator('#page-data')).toHaveCount(1)
  await expect(page.getByText('当前离线')).toBeVisible()
  await expect(page.getByText('可离线').filter({ visible: true }).first()).toBeVisible()
})

test('a page whose scripts cannot be had stays as it was rendered', async ({ worklessPhone, network }) => {
  network.fail('GET', /ArticleListPage-/, { kind: 'answer', status: 404 })
  const page = await worklessPhone.open()
  const asked = page.waitForResponse(/ArticleListPage-/)
  await page.goto('/articles')
  await asked
  await expect(page.getByText(/^共 \d+ 条/)).toBeVisible()
  await page.getByRole('link', { name: '政策', exact: true }).click()
  await expect(page).toHaveURL(/\/policies$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('优惠政策')
})

test('a page shows what was published last, and one that was withdrawn says so', async ({ worklessPhone, server }) => {
  const page = await worklessPhone.open()
  await page.goto('/parks')
  const href = (await page.getByRole('link', { name: /马陆丰登工业园/ }).getAttribute('href'))!
  expect((await page.goto(href))?.status()).toBe(200)
  const withdrawn = await runProgram('content', ['withdraw', href.split('/').at(-1)!], { DATA_DIR: server.dataDir })
  expect(withdrawn.code).toBe(0)
  const gone = await page.goto(href)
  expect(gone?.status()).toBe(410)
  // It was in a list that this phone showed.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('已撤下')
  await page.goto('/parks')
  await expect(page.getByRole('link', { name: /安亭镇园区/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /马陆丰登工业园/ })).toHaveCount(0)
})

test('without JavaScript a person reads, follows links and filters, and sends both forms', async ({
  network,
  server,
}) => {
  const phone = new Phone(network.url, { javaScriptEnabled: false })
  const page = await phone.open()
  try {
    await page.goto('/')
    await page.getByRole('link', { name: '政策', exact: true }).click()
    await page.getByRole('link', { name: '规划方案', exact: true }).click()
    await expect(page).toHaveURL(/docType=/)
    await page
      .getByRole('link', { name: /行动方案/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('行动方案')
    await expect(page.getByRole('button', { name: '收藏' })).toBeHidden()
    await page.getByRole('link', { name: '返回' }).click()
    await expect(page.getByText(/^共 \d+ 条/)).toBeVisible()

    await test.step('a mistake is named, what was typed stays, and the form arrives once', async () => {
      await page.goto('/contact')
      await page.getByLabel('姓名').fill('王芳')
      await page.getByLabel('邮箱').fill('wang@')
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await expect(page.getByText('请填写完整的邮箱')).toBeVisible()
      await expect(page.getByText('请先阅读告知并勾选')).toBeVisible()
      await expect(page.getByLabel('姓名')).toHaveValue('王芳')
      await page.getByLabel('邮箱').fill('wang@example.com')
      await page.getByLabel('我已阅读并同意').check()
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await expect(page.getByText('已送达')).toBeVisible()
      const receipt = await page.getByText(/^LD-/).textContent()
      await page.reload()
      await expect(page.getByText(receipt!)).toBeVisible()
      expect(storedInquiries(server)).toHaveLength(1)
    })

    await test.step('a settlement about a park', async () => {
      await page.goto('/parks')
      await page.getByRole('link', { name: /马陆丰登工业园/ }).click()
      await page.getByRole('link', { name: '企业入驻' }).click()
      await expect(page.getByText('马陆丰登工业园')).toBeVisible()
      await page.getByLabel('企业名称').fill('样张精密机械有限公司')
      await page.getByLabel('姓名').fill('阿不都·热合曼')
      await page.getByLabel('手机').fill('+86 138 0013 8000')
      await page.getByLabel('用地用房').selectOption('factory')
      await page.getByLabel('层高').fill('8')
      await page.getByLabel('我已阅读并同意').check()
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await expect(page.getByText('已送达')).toBeVisible()
      const settlement = storedInquiries(server).map(({ body }) => JSON.parse(body) as Record<string, unknown>)
      expect(settlement.find(({ type }) => type === 'settlement')).toMatchObject({
        subject: { kind: 'park', title: '马陆丰登工业园' },
        space: { type: 'factory', height: 8 },
      })
    })

    await test.step('going back to the form and sending it once more stores nothing new', async () => {
      await page.goto('/contact')
      await page.getByLabel('姓名').fill('李强')
      await page.getByLabel('手机').fill('13800138001')
      await page.getByLabel('我已阅读并同意').check()
      await page.getByRole('button', { name: '提交', exact: true }).click()
      const receipt = await page.getByText(/^LD-/).textContent()
      await page.goBack()
      await expect(page.getByLabel('姓名')).toHaveValue('李强')
      await page.getByRole('button', { name: '提交', exact: true }).click()
      await expect(page.getByText(receipt!)).toBeVisible()
      expect(storedInquiries(server)).toHaveLength(3)
    })

    await test.step('what is kept on a phone alone says what it needs', async () => {
      await page.goto('/me/inquiries')
      await expect(page.getByText(/要启用 JavaScript/)).toBeVisible()
    })
  } finally {
    await phone.close()
  }
})
