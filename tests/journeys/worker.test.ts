import type { Page } from '@playwright/test'
import type { Fault, Network } from '../support/network.ts'
import { expect, fillContact, findRelease, submit, test } from './phone.ts'

const PORTAL: Fault = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<h1>Sign in to the Wi-Fi</h1>',
}
const PICTURE: Fault = { kind: 'answer', status: 200, headers: { 'content-type': 'image/png' }, body: 'png' }
const SCRIPT: Fault = {
  kind: 'answer',
  status: 200,
  headers: { 'content-type': 'text/javascript' },
  body: 'export default {}',
}
const GONE: Fault = { kind: 'answer', status: 404 }

/** Paths of everything in the worker's caches. */
function cachedPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return all.flat().map(({ url }) => new URL(url).pathname)
  })
}

/**
 * Puts a new release on the server: one lazy part of it has another name, and the old one is gone.
 * @param answer what the server has under the new name
 */
async function release(page: Page, network: Network, answer: Fault): Promise<{ old: string; next: string }> {
  const old = (await cachedPaths(page)).find((path) => path.includes('/SettlementPage-'))!
  const next = old.replace(/-[^/]+$/, '-OfTheNextRelease.js')
  network.fail('GET', new RegExp(`^${old}`), GONE)
  network.fail('GET', new RegExp(`^${next}`), answer)
  network.fail('GET', /^\/sw\.js/, { kind: 'rewrite', body: (text) => text.replaceAll(old.slice(1), next.slice(1)) })
  return { old, next }
}

test('the first visit is under the worker without a reload', async ({ phone }) => {
  const page = await phone.open()
  await page.goto('/')
  await page.evaluate(() => ((window as { untouched?: boolean }).untouched = true))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated')
  expect(await page.evaluate(() => (window as { untouched?: boolean }).untouched)).toBe(true)
})

test('with no network the app opens on reload and at any of its addresses', async ({ phone, network }) => {
  const page = await phone.visit()
  network.cut()
  await phone.setOffline(true)
  await page.reload()
  await expect(page.getByText('当前离线')).toBeVisible()
  await page.goto('/policies?utm_source=a-link-from-elsewhere')
  await expect(page.getByText(/^共 \d+ 条/)).toBeVisible()
})

test('no network, a server that is down and a sign-in page are told apart', async ({ phone, network }) => {
  const page = await phone.visit()
  const bar = page.getByText(/，可照常阅读和填写/).locator('..')
  await expect(bar).toHaveCount(0)
  await network.down()
  await page.reload()
  await expect(bar).toContainText('暂时连不上服务器')
  await phone.setOffline(true)
  await expect(bar).toContainText('当前离线')
  await page.reload()
  await expect(bar).toContainText('当前离线')
  await network.up()
  network.fail('GET', /^\//, PORTAL)
  await phone.setOffline(false)
  await expect(bar).toContainText('没有得到可用的回答')
  network.heal()
  await page.reload()
  await expect(bar).toHaveCount(0)
})

test('where a network that has come back leads to is known before the bar goes', async ({ phone, network }) => {
  const page = await phone.visit()
  const bar = page.getByText(/，可照常阅读和填写/).locator('..')
  await phone.setOffline(true)
  await expect(bar).toContainText('当前离线')
  let answer = () => {}
  network.fail('GET', /^\/sync\//, { kind: 'hold', until: new Promise<void>((done) => (answer = done)) })
  const before = network.passed.length
  await phone.setOffline(false)
  await expect.poll(() => network.passed.slice(before).some(({ path }) => path.startsWith('/sync/'))).toBe(true)
  await expect(bar).toContainText('当前离线')
  answer()
  await expect(bar).toHaveCount(0)
})

test('what the server answers itself is never answered with the app', async ({ phone, network }) => {
  const page = await phone.visit()
  for (const path of ['/healthz', '/api/openapi.json', '/sync/v1/head.json', '/robots.txt']) {
    const answer = await page.goto(path)
    expect(answer?.headers()['content-type'], path).not.toContain('text/html')
  }
  expect((await page.goto('/media/none.png'))?.status()).toBe(404)
  network.cut()
  for (const path of ['/healthz', '/api', '/sync/v1/other.json', '/media/other.png', '/feed.xml', '/sitemap.xml']) {
    const tab = await phone.context.newPage()
    await expect(tab.goto(path), path).rejects.toThrow(/net::ERR/)
    await tab.close()
  }
})

test('a tab of the old release can still load its parts after the new one took over', async ({ phone, network }) => {
  const old = await phone.visit()
  await old.reload()
  const renamed = await release(old, network, SCRIPT)
  const loaded = await old.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  )
  expect(loaded).not.toContain(renamed.old)

  const other = await phone.context.newPage()
  await other.goto('/')
  await findRelease(other)
  const reloaded = other.waitForEvent('load')
  await other.getByRole('button', { name: '更新', exact: true }).click()
  await reloaded
  await expect.poll(() => cachedPaths(other)).toContain(renamed.next)

  // What the browser keeps beside the worker may go at any time.
  await (await phone.context.newCDPSession(old)).send('Network.clearBrowserCache')
  await old.getByRole('link', { name: '企业入驻' }).first().click()
  await expect(old.getByLabel('企业名称')).toBeVisible()
})

test('a captive portal cannot become a part of the app: the new release is not taken, the old one stays', async ({
  phone,
  network,
}) => {
  const page = await phone.visit()
  const { old, next } = await release(page, network, PORTAL)
  const state = await page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!
    const found = new Promise((resolve) => registration.addEventListener('updatefound', resolve, { once: true }))
    await Promise.all([found, registration.update().catch(() => undefined)])
    const worker = registration.installing
    if (worker === null) return registration.waiting === null ? 'redundant' : 'installed'
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }))
    return worker.state
  })
  expect(state).toBe('redundant')
  const cached = await cachedPaths(page)
  expect(cached).toContain(old)
  expect(cached).not.toContain(next)
  await phone.setOffline(true)
  await page.goto('/settle')
  await expect(page.getByLabel('企业名称')).toBeVisible()
})

test('a captive portal and an error cannot become a picture', async ({ phone, network }) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/portal\.png/, PORTAL)
  network.fail('GET', /^\/media\/gone\.png/, GONE)
  network.fail('GET', /^\/media\/kept\.png/, PICTURE)
  await page.evaluate(async () => {
    for (const name of ['portal', 'gone', 'kept']) await (await fetch(`/media/${name}.png`)).text()
  })
  await expect.poll(() => cachedPaths(page)).toContain('/media/kept.png')
  const cached = await cachedPaths(page)
  expect(cached).not.toContain('/media/portal.png')
  expect(cached).not.toContain('/media/gone.png')
  network.cut()
  expect(await page.evaluate(async () => (await fetch('/media/kept.png')).text())).toBe('png')
})

/** One picture of the content in its sizes. */
const sized = (size: string) => `/media/made-0123456789abcdef.${size}`

/** Lets a page show a picture, whatever comes of it. */
function show(page: Page, path: string): Promise<void> {
  return page.evaluate(async (src) => {
    const picture = new Image()
    const settled = new Promise((resolve) => (picture.onload = picture.onerror = resolve))
    picture.src = src
    await settled
  }, path)
}

test('a picture that cannot be had in one size is answered in another that is kept', async ({ phone, network }) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/made-.*1080/, PICTURE)
  network.fail('GET', /^\/media\/made-.*360/, PORTAL)
  const text = (path: string) => page.evaluate(async (src) => (await fetch(src)).text(), path)
  await text(sized('w1080.webp'))
  await expect.poll(() => cachedPaths(page)).toContain(sized('w1080.webp'))
  expect(await text(sized('w360.avif'))).toBe('png')
  network.cut()
  expect(await text(sized('w720.avif'))).toBe('png')
  await expect(text(sized('w720.avif').replace('made', 'other'))).rejects.toThrow(/Failed to fetch/)
})

test('one file of a picture stays: the one that the app fetches, and not what a page shows beside it', async ({
  phone,
  network,
}) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/made-/, PICTURE)
  const kept = async () => (await cachedPaths(page)).filter((path) => path.includes('/made-'))
  await show(page, sized('w720.avif'))
  await expect.poll(kept).toEqual([sized('w720.avif')])
  await page.evaluate(async (src) => (await fetch(src)).text(), sized('w1080.webp'))
  await expect.poll(kept).toEqual([sized('w1080.webp')])
  await show(page, sized('w360.avif'))
  await show(page, '/media/made-later.png')
  await expect.poll(kept).toContain('/media/made-later.png')
  expect(await kept()).toEqual([sized('w1080.webp'), '/media/made-later.png'])
})

test('a photograph is shown at a width that fits, with its room kept free, and stays without a network', async ({
  phone,
  network,
}) => {
  const page = await phone.visit('/articles/sample-article-park-open')
  const picture = page.getByRole('img', { name: /装卸场地/ })
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
  await expect.poll(width).toBe(328)
  expect(await picture.evaluate((image: HTMLImageElement) => image.currentSrc)).toMatch(/\.w360\.avif$/)
  expect(await picture.evaluate((image) => [image.getAttribute('width'), image.getAttribute('height')])).toEqual([
    '1600',
    '1200',
  ])
  await expect.poll(() => cachedPaths(page)).toContainEqual(expect.stringMatching(/yard-.*\.w360\.avif$/))
  network.cut()
  await phone.setOffline(true)
  await (await phone.context.newCDPSession(page)).send('Network.clearBrowserCache')
  await page.reload()
  await expect.poll(width).toBeGreaterThan(0)
})

test('a part of a file is cut from the whole that is on the phone', async ({ phone, network }) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/brochure\.pdf/, {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/pdf' },
    body: '0123456789',
  })
  const ask = (range?: string) =>
    page.evaluate(async (value) => {
      const answer = await fetch('/media/brochure.pdf', { headers: value === undefined ? {} : { Range: value } })
      return [answer.status, answer.headers.get('Content-Range'), await answer.text()]
    }, range)
  expect(await ask()).toEqual([200, null, '0123456789'])
  await expect.poll(() => cachedPaths(page)).toContain('/media/brochure.pdf')
  network.cut()
  expect(await ask('bytes=2-5')).toEqual([206, 'bytes 2-5/10', '2345'])
  expect(await ask('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await ask('bytes=8-99')).toEqual([206, 'bytes 8-9/10', '89'])
  expect(await ask('bytes=10-')).toEqual([416, 'bytes */10', ''])
  expect(await ask('bytes=5-3')).toEqual([200, null, '0123456789'])
  expect(await ask('bytes=0-1,4-5')).toEqual([200, null, '0123456789'])
})

test('of what pages showed five hundred are kept, the oldest goes first, and nothing goes of what the app fetched', async ({
  phone,
  network,
}) => {
  const page = await phone.visit()
  network.fail('GET', /^\/media\/(fetched|newest)\.png/, PICTURE)
  await page.evaluate(async () => {
    await (await fetch('/media/fetched.png')).text()
    const cache = await caches.open('luodi-shown')
    for (let n = 0; n < 500; n++) await cache.put(`/media/made-${n}.png`, new Response('png'))
  })
  await show(page, '/media/newest.png')
  const media = async () => (await cachedPaths(page)).filter((path) => path.startsWith('/media/'))
  await expect.poll(media).toContain('/media/newest.png')
  await expect.poll(async () => (await media()).length).toBe(501)
  const kept = await media()
  expect(kept).toContain('/media/fetched.png')
  const made = kept.filter((path) => path.includes('/made-'))
  const oldest = 500 - made.length
  expect(oldest).toBeGreaterThan(0)
  expect(made).toEqual(made.map((_path, n) => `/media/made-${oldest + n}.png`))
})

test('a request that sends something goes past the worker', async ({ phone, network }) => {
  const page = await phone.visit('/contact')
  await fillContact(page)
  const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
  await submit(page)
  expect((await answered).fromServiceWorker()).toBe(false)
  const put = network.passed.find(({ method }) => method === 'PUT')
  expect(put?.from).toMatch(/^\/(contact|me\/inquiries\/)/)
  const script = page.waitForResponse((response) => response.url().endsWith('.js'))
  await page.reload()
  expect((await script).fromServiceWorker()).toBe(true)
})
