import type { Page } from '@playwright/test'
import { runProgram } from '../support/server.ts'
import { expect, fillContact, storedInquiries, submit, test } from './phone.ts'

/** As much as this browser gives the site, bytes. It tells nobody. */
const QUOTA = 20_000_000

/** How many texts the phone's database was told to drop, and to keep, by this page. */
interface Moved {
  dropped: number
  kept: number
}

/** Counts what the page does with texts. */
function countTexts(): void {
  const moved: Moved = { dropped: 0, kept: 0 }
  Object.assign(globalThis, { moved })
  const real = <K extends 'put' | 'delete'>(name: K) =>
    Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name)!.value as IDBObjectStore[K]
  const [put, drop] = [real('put'), real('delete')]
  IDBObjectStore.prototype.put = function (...args) {
    if (this.name === 'texts') moved.kept++
    return put.apply(this, args)
  }
  IDBObjectStore.prototype.delete = function (key) {
    if (this.name === 'texts') moved.dropped++
    return drop.call(this, key)
  }
}

const movedBy = (page: Page) => page.evaluate(() => (globalThis as unknown as { moved: Moved }).moved)

test('on a full phone what the person keeps and sends is stored, and content comes to rest', async ({
  phone,
  server,
}) => {
  const made = await runProgram('content', ['generate', '6000', '--into-existing'], { DATA_DIR: server.dataDir })
  expect(made.code).toBe(0)
  const page = await phone.open()
  await page.addInitScript(countTexts)
  const devtools = await phone.context.newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: phone.origin, quotaSize: QUOTA })
  await page.goto('/me/storage')
  await expect(page.getByText('存储空间不够，其余内容没有存下')).toBeVisible({ timeout: 60_000 })

  await page.goto('/articles')
  const addresses = await page
    .getByRole('main')
    .getByRole('link')
    .evaluateAll((links) =>
      links.map((link) => link.getAttribute('href') ?? '').filter((path) => /article-|synth/.test(path)),
    )
  for (const address of addresses.slice(0, 5)) {
    await page.goto(address)
    await page.getByRole('button', { name: '收藏' }).click()
    await expect(page.getByRole('button', { name: '收藏', pressed: true })).toBeVisible()
  }
  for (let n = 1; n <= 5; n++) {
    await page.goto('/contact')
    await fillContact(page)
    await submit(page)
    await expect(page.getByText('已送达').first()).toBeVisible()
    expect(storedInquiries(server)).toHaveLength(n)
  }

  // What the index took, or the browser's own files until it has put them in order, may have to make way once more; then nothing moves.
  await expect(async () => {
    await page.goto('/me/storage')
    await expect(page.getByText('存储空间不够，其余内容没有存下')).toBeVisible()
    expect(await movedBy(page)).toEqual({ dropped: 0, kept: 0 })
  }).toPass({ timeout: 40_000 })
  await page.goto('/search?q=' + encodeURIComponent('示例'))
  await expect(page.locator('mark').first()).toBeVisible()
})
