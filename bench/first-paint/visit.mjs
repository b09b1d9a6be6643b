import { setTimeout as wait } from 'node:timers/promises'
import { temporaryFolder } from '../../tests/support/server.ts'
import { openLine } from '../lib/line.mjs'
import { measures, sinceLongTask, watch } from './in-page/observe.mjs'
import { slowDown, startBrowser, stopWorkers } from './phone.mjs'

/** Quiet is this long without a byte on the line and without a long task. */
const QUIET_MS = 3000
const PATIENCE_MS = 60_000

/**
 * One person's first visit to an article, with nothing cached, over the slow line. Where there is a worker, the visit
 * lasts until it is in charge, and a second one follows on the same phone with the network off.
 * @param {{ url: string, path: string, worker: boolean, text: string }} contestant `text` must be there to be read
 */
export async function visit({ url, path, worker, text }) {
  const line = await openLine(Number(new URL(url).port))
  const browser = await startBrowser(temporaryFolder())
  try {
    const address = new URL(path, line.origin).href
    const first = await open(browser, address)
    await settle(first, () => line.traffic.idleMs)
    if (worker) {
      await workerReady(first)
      await settle(first, () => line.traffic.idleMs)
    }
    const seen = await read(first, text)
    const { traffic } = line
    const online = {
      ...seen,
      bytes: traffic.bytes(),
      bytesToLargest: traffic.bytes(seen.largestAt),
      requests: traffic.requests.length,
    }
    if (!worker) return { online }

    await browser.setOffline(true)
    await line.close()
    const [empty] = [await browser.newPage(), await first.close()]
    await stopWorkers(empty)
    const second = await open(browser, address)
    await settle(second, () => Infinity)
    return { online, offline: await read(second, text) }
  } finally {
    await browser.close()
    await line.close()
  }
}

async function open(browser, address) {
  const tab = await browser.newPage()
  await tab.addInitScript(watch)
  await slowDown(tab)
  await tab.goto(address)
  return tab
}

async function settle(tab, idleMs) {
  const start = Date.now()
  for (;;) {
    await wait(500)
    const quietMs = Math.min(await tab.evaluate(sinceLongTask), idleMs(), Date.now() - start)
    if (quietMs > QUIET_MS) return
    if (Date.now() - start > PATIENCE_MS) throw new Error(`${tab.url()} finds no rest.`)
  }
}

async function workerReady(tab) {
  const late = wait(PATIENCE_MS, 'late', { ref: false })
  const ready = tab.evaluate(async () => void (await navigator.serviceWorker.ready))
  if ((await Promise.race([ready, late])) === 'late') throw new Error(`${tab.url()} got no service worker.`)
}

async function read(tab, text) {
  const seen = await tab.evaluate(measures)
  if (seen.largest === undefined) throw new Error(`${tab.url()} painted nothing.`)
  if (!(await tab.innerText('body')).includes(text)) throw new Error(`${tab.url()} does not show the article.`)
  return seen
}
