import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'
import { temporaryFolder } from '../../tests/support/server.ts'
import { openSite } from '../lib/site.mjs'

/** How much slower the page's thread is made where its tasks are looked at. */
export const SLOWER = 4
const SAMPLE_MS = 50

/**
 * One phone that has nothing: it is filled, then a day's changes are published, and brought. Another one has been filled before it,
 * so that what a server or its cache prepares once is prepared.
 * @param contestant page and server
 * @param {{ isSlow: boolean }} how with the page's thread slowed, for its tasks, or not, for the time
 * @returns of `fill` and `change` each: ms, bytes and requests, the most that the page's heap grew, bytes, and the longest task, ms
 */
export async function visit({ page, start }, { isSlow }) {
  const backend = await start()
  const site = await openSite({ '/page.js': page }, backend.url)
  try {
    await onPhone(site.url, (tab) => tab.evaluate(() => globalThis.bench.fill()))
    return await onPhone(site.url, async (tab, devtools) => {
      if (isSlow) await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
      const fill = await measured(tab, devtools, 'fill')
      await backend.publish()
      const change = await measured(tab, devtools, 'change')
      return { fill, change }
    })
  } finally {
    await site.close()
    await backend.stop()
  }
}

/** Opens the page on a new phone, for a while. */
async function onPhone(url, task) {
  const context = await chromium.launchPersistentContext(temporaryFolder(), {
    executablePath: process.env.CHROMIUM_PATH,
    args: CHROMIUM_FLAGS,
  })
  try {
    const tab = context.pages()[0] ?? (await context.newPage())
    tab.setDefaultTimeout(0)
    await tab.goto(url)
    await tab.waitForFunction('globalThis.benchReady === true')
    const devtools = await context.newCDPSession(tab)
    await devtools.send('Network.enable')
    await devtools.send('Performance.enable')
    return await task(tab, devtools)
  } finally {
    await context.close()
  }
}

async function measured(tab, devtools, act) {
  const traffic = { bytes: 0, requests: 0 }
  const asked = () => (traffic.requests += 1)
  const loaded = ({ encodedDataLength }) => (traffic.bytes += encodedDataLength)
  devtools.on('Network.requestWillBeSent', asked)
  devtools.on('Network.loadingFinished', loaded)
  await devtools.send('HeapProfiler.collectGarbage')
  const before = await heap(devtools)
  let most = before
  let isDone = false
  const sampling = (async () => {
    while (!isDone) {
      most = Math.max(most, await heap(devtools))
      await sleep(SAMPLE_MS)
    }
  })()
  const { ms, task } = await tab.evaluate(timed, act).finally(() => (isDone = true))
  await sampling
  devtools.off('Network.requestWillBeSent', asked)
  devtools.off('Network.loadingFinished', loaded)
  return { ms, task, heap: most - before, ...traffic }
}

/** In the page: how long it takes, and the longest task meanwhile; 0 where none took the 50 ms that a browser tells of. */
async function timed(act) {
  let task = 0
  const watcher = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) task = Math.max(task, duration)
  })
  watcher.observe({ type: 'longtask' })
  const start = performance.now()
  await globalThis.bench[act]()
  const ms = performance.now() - start
  // Entries come a little after their task.
  await new Promise((resolve) => setTimeout(resolve, 500))
  watcher.disconnect()
  return { ms, task }
}

async function heap(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value
}
