import { temporaryFolder } from '../../tests/support/server.ts'
import { databaseBytes, heapOf, openPage } from './browser.mjs'
import { bundleFrom } from '../lib/bundle.mjs'
import { openSite } from '../lib/site.mjs'
import { accuracy } from './truth.mjs'

const bundle = bundleFrom(new URL('in-page', import.meta.url))

/** How much slower the page's thread is made. */
export const SLOWER = 4
/** Documents changed, and added, one by one. */
const CHANGES = 10

/**
 * Fills a contestant, starts the browser anew, and asks it everything.
 * @param {string} name of its file in `in-page/`
 * @param {{ count: number, queries: string[], truths: string[][] }} task
 */
export async function measure(name, { count, queries, truths }) {
  const [page, engine, worker] = await Promise.all(['page', name, 'worker'].map(bundle))
  const site = await openSite({ '/page.js': page, '/engine.js': engine, '/worker.js': worker })
  const folder = temporaryFolder()

  const filling = await openPage(folder, site.url)
  const fillMs = await filling.page.evaluate((n) => globalThis.bench.fill(n), count)
  await filling.close()
  const filledBytes = databaseBytes(folder)

  const { page: asking, devtools, close } = await openPage(folder, site.url)
  const blank = await heapOf(devtools)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const coldMs = await asking.evaluate((query) => globalThis.bench.start(query), queries.at(-1))
  const answers = await asking.evaluate((all) => globalThis.bench.ask(all), queries)
  const heap = (await heapOf(devtools)) - blank
  const numbers = Array.from({ length: CHANGES }, (_, n) => n * 7)
  const changeMs = await asking.evaluate((some) => globalThis.bench.put(some, 1), numbers)
  const added = numbers.map((n) => count + 1 + n)
  const addMs = await asking.evaluate((some) => globalThis.bench.put(some, 0), added)
  await close()

  // What was found is asked for apart, on what was filled: the times are of what a person waits for.
  const checking = await openPage(folder, site.url)
  await checking.page.evaluate((query) => globalThis.bench.start(query), queries.at(-1))
  const changed = new Set([...numbers, ...added].map((n) => `synthetic-${n}`))
  const checked = []
  for (const [place, query] of queries.entries()) {
    const found = await checking.page.evaluate((text) => globalThis.bench.all(text), query)
    const same = (id) => !changed.has(id)
    checked.push({ found: found.filter(same), truth: truths[place].filter(same) })
  }
  await checking.close()
  await site.close()
  const bytes = databaseBytes(folder)
  const { recall, precision } = accuracy(checked)
  const counts = queries.filter((_, place) => answers[place].total === truths[place].length).length / queries.length
  const times = answers.map(({ ms }) => ms)
  return { fillMs, filledBytes, bytes, coldMs, heap, changeMs, addMs, recall, precision, counts, times }
}
