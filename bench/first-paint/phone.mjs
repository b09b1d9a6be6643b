import { chromium } from 'playwright'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'

const SLOWER = 4

/** A small phone, as the browser sees it. */
export const PHONE = {
  viewport: { width: 360, height: 780 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
}

/** Starts Chromium on a profile of its own. @param {string} profile folder; an empty one is a cold cache */
export function startBrowser(profile, options = PHONE) {
  return chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH,
    args: CHROMIUM_FLAGS,
    ...options,
  })
}

/** Slows the page's main thread. Chromium has no such brake for workers: they run at full speed in every contestant. */
export async function slowDown(tab) {
  const session = await tab.context().newCDPSession(tab)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

/** Stops service workers, as the phone does soon after the last page is closed: the next page has to wake one. */
export async function stopWorkers(tab) {
  const session = await tab.context().newCDPSession(tab)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}
