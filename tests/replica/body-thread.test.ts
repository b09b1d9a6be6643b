import { afterEach, expect, test, vi } from 'vitest'
import { sha256OfText } from '#domain/digest.ts'
import { askForBodies } from '#replica/ask-for-bodies.ts'
import { bodyFiles } from '#replica/body-source.ts'
import { BodyThread } from '#replica/body-thread.ts'
import { type Wanted, wantedOf } from '#replica/body-index.ts'
import { feedClient } from '#replica/feed-client.ts'
import { bodyText } from '#replica/lines.ts'
import { setUp } from './phone.ts'
import { article, day } from './records.ts'

const PATIENCE_MS = 10_000
const LINES = ['head', ...Array.from({ length: 30 }, (_, n) => `正文 ${n} `.repeat(n))]

afterEach(() => vi.unstubAllGlobals())

/** An address that the browser's own network answers, in a worker too. */
function addressOf(text: string): string {
  return URL.createObjectURL(new Blob([text]))
}

const ofLines = addressOf(LINES.map((line) => `${line}\n`).join(''))

/** Asks as soon as there is a thread. */
async function lines(thread: BodyThread, url = ofLines, size = 16) {
  let asked: ReturnType<BodyThread['lines']>
  const isAsked = () => {
    thread.open()
    return (asked ??= thread.lines(url, size)) !== undefined
  }
  await expect.poll(isAsked).toBe(true)
  return asked
}

/** The browser's workers run this instead of their own script. */
function runInstead(script: string): void {
  vi.unstubAllGlobals()
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const Real = Worker
  vi.stubGlobal(
    'Worker',
    class extends Real {
      constructor() {
        super(url)
      }
    },
  )
}

test('a thread fetches lines with their digests, whatever size it was told, and many files at a time', async () => {
  const thread = new BodyThread({ patienceMs: PATIENCE_MS })
  expect(thread.lines(ofLines, 16)).toBeUndefined()
  const asked = await Promise.all([lines(thread), lines(thread, ofLines, 1_000_000)])
  for (const found of asked) {
    expect(found?.map(({ sha256, bytes }) => [sha256, bodyText(bytes)])).toEqual(
      LINES.map((line) => [sha256OfText(line), line]),
    )
  }
})

test.each([
  ['of lines that are cut', addressOf('head\nbody'), 'stale'],
  ['that cannot be reached', 'http://localhost:9/', 'unreachable'],
])('a file %s is told as the page itself would tell it', async (_, url, reason) => {
  await expect(lines(new BodyThread({ patienceMs: PATIENCE_MS }), url)).rejects.toMatchObject({
    name: 'FeedFailure',
    reason,
  })
})

test('a thread of which nothing is asked is ended, and begun again', async () => {
  const thread = new BodyThread({ patienceMs: PATIENCE_MS, restMs: 200 })
  for (let n = 0; n < 2; n++) {
    await lines(thread)
    await expect.poll(() => thread.lines(ofLines, 16), { interval: 300 }).toBeUndefined()
  }
})

test('where no script comes, it is asked for a few times at most', async () => {
  const begun = vi.fn()
  let gone = () => {}
  const Real = Worker
  vi.stubGlobal(
    'Worker',
    class extends Real {
      constructor() {
        begun()
        super('/there-is-no-such-script.js', { type: 'module' })
        this.addEventListener('error', () => setTimeout(gone))
      }
    },
  )
  const thread = new BodyThread({ patienceMs: PATIENCE_MS })
  for (let n = 0; n < 3; n++) {
    const isGone = new Promise<void>((resolve) => (gone = resolve))
    thread.open()
    await isGone
  }
  thread.open()
  expect(thread.lines(ofLines, 16)).toBeUndefined()
  expect(begun).toHaveBeenCalledTimes(3)
})

test('where the browser allows no thread, there is none', () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new DOMException('Workers are not allowed here', 'SecurityError')
      }
    },
  )
  const thread = new BodyThread({ patienceMs: PATIENCE_MS })
  thread.open()
  expect(thread.lines(ofLines, 16)).toBeUndefined()
})

test('a thread that falls silent is given up, and one that says that it is still there is not', async () => {
  runInstead(`postMessage({ type: 'ready' })`)
  const silent = new BodyThread({ patienceMs: 100 })
  await expect(lines(silent)).rejects.toThrow('broke off')
  expect(silent.lines(ofLines, 16)).toBeUndefined()

  runInstead(`postMessage({ type: 'ready' })
    onmessage = ({ data: { nr } }) => {
      let beats = 0
      const beat = setInterval(() => {
        postMessage({ type: 'alive', nr })
        if (++beats < 20) return
        clearInterval(beat)
        postMessage({ type: 'fetched', nr, bytes: new Uint8Array(3), lines: [{ sha256: 'of three', from: 0, to: 3 }] })
      }, 50)
    }`)
  expect(await lines(new BodyThread({ patienceMs: 700 }))).toEqual([{ sha256: 'of three', bytes: new Uint8Array(3) }])
})

test('bodies that a thread has fetched are checked as those that the page has', async () => {
  const thread = new BodyThread({ patienceMs: PATIENCE_MS })
  await lines(thread)
  const client = feedClient(() => Promise.reject(new Error('the page asks')), Date.now, PATIENCE_MS, thread)
  const bodies = (text: string) => client.bodies('e1', { path: addressOf(text), rows: [], isSingle: false }, false)
  const header = (epoch: string, count: number) => JSON.stringify({ epoch, from: 1, to: 2, bodies: count, edits: 0 })
  await expect(bodies(`${header('e2', 2)}\n{}\n{"body":[]}\n`)).rejects.toThrow('another epoch')
  const found = await bodies(`${header('e1', 2)}\n{}\n{"body":[]}\n`)
  expect(found.map(({ bytes }) => bodyText(bytes))).toEqual(['{}', '{"body":[]}'])
  await expect(bodies(`${header('e1', 3)}\n{}\n{"body":[]}\n`)).rejects.toMatchObject({ reason: 'stale' })
})

test('what a thread takes with it when it breaks off is fetched by the page', async () => {
  const { feed, network } = setUp()
  feed.segmentSize = 20
  for (let n = 1; n <= 20; n++) {
    feed.put({ ...article(`a${n}`, `题 ${n}`, day(n)), body: [{ type: 'paragraph', text: [{ text: `正文 ${n}` }] }] })
  }
  feed.takeList()
  runInstead(`postMessage({ type: 'ready' })
    onmessage = ({ data: { nr, url } }) => {
      if (url.includes('/bundles/')) throw new Error('out of memory')
      postMessage({ type: 'fetched', nr, bytes: new Uint8Array(), lines: [] })
    }`)
  const thread = new BodyThread({ patienceMs: PATIENCE_MS })
  await lines(thread)
  const client = feedClient(network.fetch, Date.now, PATIENCE_MS, thread)
  const head = await client.head(false)
  const wanted: Wanted[] = []
  for await (const some of client.list(head, false).lines()) for (const { put } of some) wanted.push(wantedOf(put))
  const bodies = await askForBodies(client, head.epoch, bodyFiles(wanted, head)[0]!)
  expect(bodies.map(({ sha256 }) => sha256).sort()).toEqual(wanted.map(({ body }) => body.sha256).sort())
  expect(network.requests.filter((url) => url.includes('/bundles/'))).toEqual([expect.not.stringContaining('fresh=')])
})
