import { startServer, temporaryFolder } from '../../tests/support/server.ts'
import { openPublisher } from '../crowd/publisher.mjs'
import { isFilled, watchList } from './in-page/list.mjs'
import { slowDown, startBrowser, stopWorkers } from '../first-paint/phone.mjs'

/**
 * Phones with so many records on board each, opened again and again in turn, with no network.
 * @param {number[]} counts records of each phone
 * @param {number} runs openings of each
 * @returns {Promise<number[][]>} ms from the start of the navigation until the list of articles stands there, for each phone
 */
export async function openings(counts, runs) {
  const phones = []
  for (const count of counts) phones.push(await filledPhone(count))
  const times = counts.map(() => [])
  for (let run = 0; run < runs; run += 1) {
    for (const [place, { profile, origin }] of phones.entries()) times[place].push(await open(profile, origin))
  }
  return times
}

async function filledPhone(count) {
  const dataDir = temporaryFolder()
  const publisher = await openPublisher(dataDir, count)
  await publisher.close()
  const server = await startServer({ dataDir, env: { CONTENT: 'none', LOG_LEVEL: 'silent' } })
  const profile = temporaryFolder()
  const browser = await startBrowser(profile)
  const tab = browser.pages()[0] ?? (await browser.newPage())
  tab.setDefaultTimeout(0)
  await tab.goto(new URL('/me/storage', server.url).href)
  await tab.evaluate(async () => void (await navigator.serviceWorker.ready))
  await tab.getByText(`${count} 条`).first().waitFor()
  await tab.waitForFunction(isFilled)
  await browser.close()
  await server.stop()
  return { profile, origin: server.url }
}

async function open(profile, origin) {
  const browser = await startBrowser(profile)
  try {
    await browser.setOffline(true)
    const tab = await browser.newPage()
    await stopWorkers(tab)
    await tab.addInitScript(watchList)
    await slowDown(tab)
    await tab.goto(new URL('/articles', origin).href)
    const handle = await tab.waitForFunction(() => globalThis.listAt)
    return await handle.jsonValue()
  } finally {
    await browser.close()
  }
}
