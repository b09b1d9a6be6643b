import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright'
import puppeteer from 'puppeteer-core'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'
import { temporaryFolder } from '../../tests/support/server.ts'
import { timed } from './in-page/timed.mjs'
import { afterAnother, REST_MS } from './visit.mjs'

/** How much slower the page's thread is made where its tasks are looked at. */
export const SLOWER = 4

/**
 * A phone as in `visit`, for its tasks alone, with nobody who listens to its network: what listens keeps every answer, and decodes it as a
 * text when it has ended, in a task of the page.
 * @returns of `fill` and `change` each: ms, and the longest task, ms
 */
export function tasksOf(contestant) {
  return afterAnother(contestant, async (site) => {
    const browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM_PATH ?? chromium.executablePath(),
      args: CHROMIUM_FLAGS,
      userDataDir: temporaryFolder(),
      networkEnabled: false,
      protocolTimeout: 0,
    })
    try {
      const [tab] = await browser.pages()
      tab.setDefaultTimeout(0)
      await tab.goto(site.url)
      await tab.waitForFunction('globalThis.benchReady === true')
      await sleep(REST_MS)
      await tab.emulateCPUThrottling(SLOWER)
      const fill = await tab.evaluate(timed, 'fill')
      await site.publish()
      return { fill, change: await tab.evaluate(timed, 'change') }
    } finally {
      await browser.close()
    }
  })
}
