import { type Fetch, fetchChunks } from './fetch-chunks.ts'
import { breathe } from './idle.ts'

/** Room for an answer whose size is not known. */
const USUAL_BYTES = 65_536

/** Longest time taken at once, ms: a slow phone answers to a finger in between. */
const AT_ONCE_MS = 10

/**
 * The exact bytes of an answer with status 200, all together. Each chunk goes to its place when it comes: to put them together at the
 * end takes a slow phone too long at once.
 * @param patienceMs longest silence, ms
 * @param size how many there should be, as far as it is known
 * @throws FeedFailure as `fetchChunks` does
 */
export async function fetchBytes(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  patienceMs: number,
  size = USUAL_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(size)
  let length = 0
  let since = performance.now()
  for await (const chunk of fetchChunks(fetch, url, init, patienceMs)) {
    if (performance.now() - since > AT_ONCE_MS) {
      // What has come already is read without a turn for others.
      await breathe()
      since = performance.now()
    }
    const end = length + chunk.byteLength
    if (end > bytes.byteLength) {
      const larger = new Uint8Array(Math.max(end, 2 * bytes.byteLength))
      larger.set(bytes)
      bytes = larger
    }
    bytes.set(chunk, length)
    length = end
  }
  return bytes.subarray(0, length)
}
