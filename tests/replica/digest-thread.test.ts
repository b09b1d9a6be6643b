import { afterEach, expect, test, vi } from 'vitest'
import { sha256Hex } from '#domain/digest.ts'
import { DigestThread } from '#replica/digest-thread.ts'
import { canonical } from './model-feed.ts'
import { contentOf, setUp } from './phone.ts'
import { article, day } from './records.ts'

const utf8 = new TextEncoder()
const PATIENCE_MS = 10_000

afterEach(() => vi.unstubAllGlobals())

/** Lines of one buffer, with what stands before and between them. */
function linesOf(count: number): Uint8Array<ArrayBuffer>[] {
  const texts = Array.from({ length: count }, (_, n) => `正文 ${n} `.repeat(n))
  const bytes = utf8.encode(['head', ...texts, ''].join('\n'))
  let from = 5
  return texts.map((text) => {
    const { byteLength } = utf8.encode(text)
    const line = bytes.subarray(from, from + byteLength)
    from += byteLength + 1
    return line
  })
}

/** What a thread gives for lines, and whether the page has given their bytes away for it. */
async function digested(thread: DigestThread, count: number) {
  const lines = linesOf(count)
  const expected = lines.map((line) => ({ sha256: sha256Hex(line), bytes: line.slice() }))
  const bodies = thread.withDigests(lines)
  const isBeside = lines[1]!.byteLength === 0 && lines.at(-1)!.byteLength === 0
  expect((await bodies).map(({ sha256, bytes }) => ({ sha256, bytes: bytes.slice() }))).toEqual(expected)
  return isBeside
}

/** The browser's workers run this instead of their own script. @returns when one has said something */
function runInstead(script: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const Real = Worker
  return new Promise((resolve) => {
    vi.stubGlobal(
      'Worker',
      class extends Real {
        constructor() {
          super(url)
          // In a task of its own: what listens to the message as well has heard it by then.
          this.addEventListener('message', () => setTimeout(resolve))
        }
      },
    )
  })
}

test('many bodies are digested beside the page as soon as there is a thread, and few on it', async () => {
  const thread = new DigestThread({ patienceMs: PATIENCE_MS })
  expect(await digested(thread, 30)).toBe(false)
  thread.open()
  await expect.poll(() => digested(thread, 30)).toBe(true)
  expect(await Promise.all([digested(thread, 40), digested(thread, 19), digested(thread, 600)])).toEqual([
    true,
    false,
    true,
  ])
})

test('a thread of which nothing is asked is ended, and begun again', async () => {
  const thread = new DigestThread({ patienceMs: PATIENCE_MS, restMs: 200 })
  const lives = async () => {
    const asked = () => {
      thread.open()
      return digested(thread, 30)
    }
    await expect.poll(asked).toBe(true)
    await expect.poll(() => digested(thread, 30), { interval: 300 }).toBe(false)
  }
  await lives()
  await lives()
})

test('where no script comes, the page digests by itself, and asks for it a few times at most', async () => {
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
  const thread = new DigestThread({ patienceMs: PATIENCE_MS })
  const fails = async () => {
    const isGone = new Promise<void>((resolve) => (gone = resolve))
    thread.open()
    expect(await digested(thread, 30)).toBe(false)
    await isGone
  }
  await fails()
  await fails()
  await fails()
  thread.open()
  expect(await digested(thread, 30)).toBe(false)
  expect(begun).toHaveBeenCalledTimes(3)
})

test('where the browser allows no thread, the page digests by itself', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new DOMException('Workers are not allowed here', 'SecurityError')
      }
    },
  )
  const thread = new DigestThread({ patienceMs: PATIENCE_MS })
  thread.open()
  expect(await digested(thread, 30)).toBe(false)
})

test('a thread that falls silent is given up', async () => {
  const begun = runInstead(`postMessage({ type: 'ready' })`)
  const thread = new DigestThread({ patienceMs: 100 })
  thread.open()
  await begun
  await expect(digested(thread, 30)).rejects.toThrow('broke off')
  expect(await digested(thread, 30)).toBe(false)
})

test('what a thread takes with it when it breaks off is told, and fetched again', async () => {
  const script = `postMessage({ type: 'ready' }); onmessage = () => { throw new Error('out of memory') }`
  const begun = runInstead(script)
  const thread = new DigestThread({ patienceMs: PATIENCE_MS })
  thread.open()
  await begun
  await expect(digested(thread, 30)).rejects.toThrow('broke off')
  expect(await digested(thread, 30)).toBe(false)

  const { feed, network, open } = setUp()
  feed.segmentSize = 20
  for (let n = 1; n <= 60; n++) {
    feed.put({ ...article(`a${n}`, `题 ${n}`, day(n)), body: [{ type: 'paragraph', text: [{ text: `正文 ${n}` }] }] })
  }
  feed.takeList()
  const anotherBegun = runInstead(script)
  const replica = open({
    fetch: async (url) => {
      if (url.includes('/bundles/')) await anotherBegun
      return network.fetch(url)
    },
  })
  await replica.sync()
  await replica.fill()
  expect(network.requests.filter((url) => url.includes('bundles/') && url.includes('fresh='))).not.toHaveLength(0)
  expect(await contentOf(replica)).toBe(canonical(feed.state().values()))
})
