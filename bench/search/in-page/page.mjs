import { documentOf, textOf } from './documents.mjs'

/** The contestant, which the bench serves under this path. */
const ENGINE = '/engine.js'
/** Documents handed to a contestant at a time. */
const BATCH = 1000
/** A document that may be looked at while nobody asks: no query is cut from it. */
const RESTED = 700

/** What the bench asks the page for. */
globalThis.bench = {
  /** Fills a contestant. @returns milliseconds, of the contestant alone */
  async fill(count) {
    const { openEngine } = await import(/* @vite-ignore */ ENGINE)
    const engine = await openEngine()
    let took = 0
    const timed = async (task) => {
      const start = performance.now()
      await task()
      took += performance.now() - start
    }
    for (let from = 0; from < count; from += BATCH) {
      const documents = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => documentOf(from + n))
      await timed(() => engine.fill(documents))
    }
    await timed(() => engine.settle())
    return took
  },

  /** Loads the contestant's code, opens what it has stored, and asks the first question. @returns milliseconds to the answer */
  async start(query) {
    const start = performance.now()
    const { openEngine } = await import(/* @vite-ignore */ ENGINE)
    this.engine = await openEngine()
    await this.engine.search(query)
    return performance.now() - start
  },

  /** What a contestant does for itself while nobody asks; it may look at a document that no query is of. */
  async rest() {
    await this.engine.rest?.(textOf(documentOf(RESTED)))
  },

  /** @returns milliseconds of each query, with its count */
  async ask(queries) {
    const results = []
    for (const query of queries) {
      const start = performance.now()
      const { total } = await this.engine.search(query)
      results.push({ ms: performance.now() - start, total })
    }
    return results
  },

  async all(query) {
    return this.engine.all(query)
  },

  /** Puts documents one by one, each stored before the next. @returns milliseconds of each */
  async put(numbers, day) {
    const times = []
    for (const n of numbers) {
      const document = documentOf(n, day)
      const start = performance.now()
      await this.engine.put(document)
      times.push(performance.now() - start)
    }
    return times
  },
}
globalThis.benchReady = true
