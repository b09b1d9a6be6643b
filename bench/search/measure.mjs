import { temporaryFolder } from '../../tests/support/server.ts'
import { databaseBytes, heapOf, openPage } from './browser.mjs'
import { bundleFrom } from '../lib/bundle.mjs'
import { median } from '../lib/statistics.mjs'
import { openSite } from '../lib/site.mjs'
import { accuracy } from './truth.mjs'

const bundle = bundleFrom(new URL('in-page', import.meta.url))

/** How much slower the page's thread is made. */
export const SLOWER = 4
/** How often each is started and asked everything. */
export const STARTS = 5
/** Documents changed, and added, one by one. */
const CHANGES = 10

/**
 * Fills a contestant, starts the browser anew, and asks it everything; several times.
 * @param {string} name of its file in `in-page/`
 * @param {{ count: number, queries: string[], truths: string[][] }} task
 * @param {{ rests?: boolean }} [how] whether it has a moment for itself between the first answer and the others
 */
export async function measure(name, { count, queries, truths }, { rests = true } = {}) {
  const [page, engine, worker] = await Promise.all(['page', name, 'worker'].map(bundle))
  const site = await openSite({ '/page.js': page, '/engine.js': engine, '/worker.js': worker })
  const folder = temporaryFolder()

  const filling = await openPage(folder, site.url)
  const fillMs = await filling.page.evaluate((n) => globalThis.bench.fill(n), count)
  await filling.close()
  const filledBytes = databaseBytes(folder)

  const starts = []
  for (let n = 0; n < STARTS; n += 1) {
    const { page: asking, devtools, close } = await openPage(folder, site.url)
    const blank = await heapOf(devtools)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const coldMs = await asking.evaluate((query) => globalThis.bench.start(query), queries.at(-1))
    if (rests) await asking.evaluate(() => globalThis.bench.rest())
    const answers = await asking.evaluate((all) => globalThis.bench.ask(all), queries)
    starts.push({ coldMs, answers, heap: (await heapOf(devtools)) - blank })
    await close()
  }

  const { page: changing, devtools, close } = await openPage(folder, site.url)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await changing.evaluate((query) => globalThis.bench.start(query), queries.at(-1))
  const numbers = Array.from({ length: CHANGES }, (_, n) => n * 7)
  const changeMs = await changing.evaluate((some) => globalThis.bench.put(some, 1), numbers)
  const added = numbers.map((n) => count + 1 + n)
  const addMs = await changing.evaluate((some) => globalThis.bench.put(some, 0), added)
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
  const totals = starts[0].answers.map(({ total }) => total)
  const counts = totals.filter((total, place) => total === truths[place].length).length / queries.length
  const times = starts.flatMap(({ answers }) => answers.map(({ ms }) => ms))
  const [coldMs, heap] = ['coldMs', 'heap'].map((figure) => median(starts.map((start) => start[figure])))
  return { fillMs, filledBytes, bytes, coldMs, heap, changeMs, addMs, recall, precision, counts, times }
}
