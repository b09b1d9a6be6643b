import { FeedFailure } from './feed-failure.ts'
import { breathe } from './idle.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Room for an answer whose size is not known. */
const USUAL_BYTES = 65_536

/** Longest time taken at once, ms: a slow phone answers to a finger in between. */
const AT_ONCE_MS = 10

/** Statuses that say nothing about the feed itself: ask again later. */
const LATER = new Set([408, 425, 429])

/**
 * The exact bytes of an answer with status 200.
 * @param patienceMs longest silence, ms; a slow connection that goes on delivering is never given up
 * @param size how many there should be, as far as it is known
 * @throws FeedFailure `unreachable` when the network or the server fails, `notUnderstood` for any other status
 */
export async function fetchBytes(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  patienceMs: number,
  size = USUAL_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let giveUp = () => {}
  const silence = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(new Error(`silent for ${patienceMs} ms`))
      abort.abort()
    }
  })
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, patienceMs)
  }
  const read = async () => {
    const response = await fetch(url, { ...init, signal: abort.signal })
    if (response.status >= 500 || LATER.has(response.status)) throw new Error(`status ${response.status}`)
    if (response.status !== 200)
      throw new FeedFailure('notUnderstood', `${url} answered with status ${response.status}`)
    return readAll(response, heard, size)
  }
  heard()
  try {
    return await Promise.race([read(), silence])
  } catch (error) {
    if (error instanceof FeedFailure) throw error
    throw new FeedFailure(
      'unreachable',
      `${url} could not be read: ${error instanceof Error ? error.message : String(error)}`,
      error,
    )
  } finally {
    clearTimeout(timer)
  }
}

/** Each chunk goes to its place when it comes: to put all of them together at the end takes a slow phone too long at once. */
async function readAll(response: Response, heard: () => void, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  let bytes = new Uint8Array(size)
  let length = 0
  let since = performance.now()
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) return bytes.subarray(0, length)
    heard()
    if (performance.now() - since > AT_ONCE_MS) {
      // What has come already is read without a turn for others.
      await breathe()
      since = performance.now()
    }
    const end = length + next.value.byteLength
    if (end > bytes.byteLength) {
      const larger = new Uint8Array(Math.max(end, 2 * bytes.byteLength))
      larger.set(bytes)
      bytes = larger
    }
    bytes.set(next.value, length)
    length = end
  }
}
