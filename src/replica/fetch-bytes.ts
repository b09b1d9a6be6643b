import { type Fetch, fetchChunks } from './fetch-chunks.ts'

/** Room for an answer whose size is not known. */
const USUAL_BYTES = 65_536

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
  for await (const chunk of fetchChunks(fetch, url, init, patienceMs)) {
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
