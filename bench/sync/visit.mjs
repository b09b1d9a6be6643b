import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright'
import { CHROMIUM_FLAGS } from '../../tests/support/chromium.ts'
import { temporaryFolder } from '../../tests/support/server.ts'
import { timed } from './in-page/timed.mjs'

const SAMPLE_MS = 50
/** What a browser does for itself after its start and after a page's is not measured: it takes up to half of the processors. */
export const REST_MS = 1500

/**
 * One phone that has nothing: it is filled, then a day's changes are published, and brought.
 * @param contestant started anew
 * @returns of `fill` and `change` each: ms, bytes and requests, and the most that the page's heap grew, bytes
 */
export function visit(contestant) {
  return afterAnother(contestant, (site) =>
    onPhone(site.url, async (tab, devtools) => {
      const fill = await measured(tab, devtools, 'fill')
      await site.publish()
      return { fill, change: await measured(tab, devtools, 'change') }
    }),
  )
}

/** Starts the contestant, and fills another phone before, so that what a server or its cache prepares once is prepared. */
export async function afterAnother({ start }, task) {
  const site = await start()
  try {
    await onPhone(site.url, (tab) => tab.evaluate(() => globalThis.bench.fill()))
    return await task(site)
  } finally {
    await site.stop()
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
    await sleep(REST_MS)
    const devtools = await context.newCDPSession(tab)
    await devtools.send('Performance.enable')
    return await task(tab, devtools)
  } finally {
    await context.close()
  }
}

async function measured(tab, devtools, act) {
  // Those of the page's workers too.
  const ended = []
  const hear = (request) => ended.push(request)
  tab.context().on('requestfinished', hear)
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
  const { ms } = await tab.evaluate(timed, act).finally(() => (isDone = true))
  await sampling
  tab.context().off('requestfinished', hear)
  const sizes = await Promise.all(ended.map((request) => request.sizes()))
  const bytes = sizes.reduce(
    (sum, { responseHeadersSize, responseBodySize }) => sum + responseHeadersSize + responseBodySize,
    0,
  )
  return { ms, heap: most - before, bytes, requests: ended.length }
}

async function heap(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value
}
