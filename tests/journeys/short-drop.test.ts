import type { Fault } from '../support/network.ts'
import { expect, test } from './phone.ts'

/* A line that breaks for a moment, in the middle of a first visit, and is there again: nothing in the browser says so. */

/** Whatever brings texts: bundles, the open one, steps, the open step, one body alone. */
const TEXTS = /^\/sync\/v2\/[^/]+\/((open-)?bundles|steps|tail|bodies)\//
/** What a proxy says while it cannot reach the server; a connection that breaks is tried again by the browser itself. */
const BROKEN: Fault = { kind: 'answer', status: 503 }
/** It is tried again after ten seconds, twenty where even that was in vain. */
const SOON = { timeout: 40_000 }

test('an app that did not come whole for offline use says so, and comes by itself', async ({ phone, network }) => {
  network.fail('GET', /^\/assets\/SettlementPage-/, BROKEN, 1, ({ from }) => from === '/sw.js')
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect.poll(() => network.passed.some(({ from, status }) => from === '/sw.js' && status === 503)).toBe(true)
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  await expect(page.getByText('还不能离线打开')).toBeVisible()
  await expect(page.getByText('已可离线打开')).toBeVisible(SOON)
  network.cut()
  await phone.setOffline(true)
  await page.reload()
  await expect(page.getByText('当前离线')).toBeVisible()
})

test('a worker whose script could not be fetched is no sign of a browser without workers', async ({
  phone,
  network,
}) => {
  network.fail('GET', /^\/sw\.js/, BROKEN, 1)
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect.poll(() => network.passed.some(({ path, status }) => path === '/sw.js' && status === 503)).toBe(true)
  const notes = page.getByText(/还不能离线打开|这个浏览器不支持离线打开/)
  await expect(notes).toContainText('还不能离线打开')
  await expect(page.getByText('已可离线打开')).toBeVisible(SOON)
})

test('texts that broke off are asked for again within seconds', async ({ phone, network }) => {
  network.fail('GET', TEXTS, { kind: 'refuse' })
  const page = await phone.open()
  await page.goto('/me/storage')
  await expect(page.getByText('还有内容没有取到')).toBeVisible()
  network.heal()
  await expect(page.getByText('要存的内容都在这部手机上')).toBeVisible(SOON)
})
