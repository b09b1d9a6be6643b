import { afterEach, expect, test, vi } from 'vitest'
import { sha256Hex } from '#domain/digest.ts'
import { DigestThread } from '#replica/digest-thread.ts'
import { canonical } from './model-feed.ts'
import { contentOf, setUp } from './phone.ts'
import { article, day } from './records.ts'

const utf8 = new TextEncoder()

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
  const isBeside = lines[0]!.byteLength === 0 && lines.at(-1)!.byteLength === 0
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
  const thread = new DigestThread()
  expect(await digested(thread, 30)).toBe(false)
  thread.open()
  await expect.poll(() => digested(thread, 30)).toBe(true)
  expect(await Promise.all([digested(thread, 40), digested(thread, 19), digested(thread, 600)])).toEqual([
    true,
    false,
    true,
  ])
})

test('where no thread can begin, the page digests by itself, and no other is tried', async () => {
  const begun = vi.fn()
  const Real = Worker
  const gone = new Promise<void>((resolve) => {
    vi.stubGlobal(
      'Worker',
      class extends Real {
        constructor() {
          begun()
          super('/there-is-no-such-script.js', { type: 'module' })
          this.addEventListener('error', () => setTimeout(resolve))
        }
      },
    )
  })
  const thread = new DigestThread()
  thread.open()
  expect(await digested(thread, 30)).toBe(false)
  await gone
  thread.open()
  expect(await digested(thread, 30)).toBe(false)
  expect(begun).toHaveBeenCalledOnce()
})

test('what a thread takes with it when it breaks off is told, and fetched again', async () => {
  const script = `postMessage({ type: 'ready' }); onmessage = () => { throw new Error('out of memory') }`
  const begun = runInstead(script)
  const thread = new DigestThread()
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
