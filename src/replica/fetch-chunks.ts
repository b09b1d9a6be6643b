import { FeedFailure } from './feed-failure.ts'
import { breathe } from './idle.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Bytes handed on at once: a browser gives as many as it likes. The first pieces are small, for code that is new to the browser is slow. */
const FIRST_PIECE_BYTES = 512
const PIECE_BYTES = 8_192
/** Longest time taken at once, ms: a slow phone answers to a finger in between. */
const AT_ONCE_MS = 10

/** Statuses that say nothing about the feed itself: ask again later. */
const LATER = new Set([408, 425, 429])

/**
 * The exact bytes of an answer with status 200, as they come, with turns for others in between. Whoever takes no more ends the request.
 * @param patienceMs longest silence, ms; a slow connection that goes on delivering is never given up
 * @throws FeedFailure `unreachable` when the network or the server fails, `notUnderstood` for any other status
 */
export async function* fetchChunks(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  patienceMs: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const abort = new AbortController()
  let isWhole = false
  let since = performance.now()
  let size = FIRST_PIECE_BYTES
  try {
    const response = await patiently(fetch(url, { ...init, signal: abort.signal }), patienceMs)
    if (response.status >= 500 || LATER.has(response.status)) throw new Error(`status ${response.status}`)
    if (response.status !== 200)
      throw new FeedFailure('notUnderstood', `${url} answered with status ${response.status}`)
    const reader = response.body?.getReader()
    for (;;) {
      const next = reader && (await patiently(reader.read(), patienceMs))
      if (next === undefined || next.done) break
      for (let from = 0; from < next.value.byteLength;) {
        // What has come already is read without a turn for others.
        if (performance.now() - since > AT_ONCE_MS) {
          await breathe()
          since = performance.now()
        }
        yield next.value.subarray(from, from + size)
        from += size
        size = Math.min(2 * size, PIECE_BYTES)
      }
    }
    isWhole = true
  } catch (error) {
    if (error instanceof FeedFailure) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new FeedFailure('unreachable', `${url} could not be read: ${why}`, error)
  } finally {
    if (!isWhole) abort.abort()
  }
}

async function patiently<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`silent for ${patienceMs} ms`)), patienceMs)
  })
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}
