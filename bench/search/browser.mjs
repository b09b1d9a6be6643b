import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'

/** A browser is at work long after its first page is there, on the processors that are to be measured. */
const QUIET_MS = 1000

/** Opens a page of a browser on its own storage. @param {string} folder of its profile */
export async function openPage(folder, url) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM_PATH,
    args: [...CHROMIUM_FLAGS, '--headless=new'],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(0)
  await page.goto(url)
  await page.waitForFunction('globalThis.benchReady === true')
  await page.waitForTimeout(QUIET_MS)
  const devtools = await context.newCDPSession(page)
  return { page, devtools, close: () => context.close() }
}

/** Memory that the page's scripts hold after a collection, typed arrays included, in bytes. Workers are not counted. */
export async function heapOf(devtools) {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize = 0 } = await devtools.send('Runtime.getHeapUsage')
  return usedSize + backingStorageSize
}

/** Bytes of all that a profile keeps in IndexedDB. The browser must be closed. */
export function databaseBytes(folder) {
  const place = join(folder, 'Default', 'IndexedDB')
  return readdirSync(place, { recursive: true })
    .map((name) => statSync(join(place, name)))
    .filter((file) => file.isFile())
    .reduce((sum, { size }) => sum + size, 0)
}
