import type { DigestedLine, FromThread, ToFetch } from './body-thread.ts'
import { FeedFailure } from './feed-failure.ts'
import { fetchBytes } from './fetch-bytes.ts'
import { linesOf } from './lines.ts'

/*
 * Beside the page: what comes over the network comes in pieces, and of each of them, and of each digest, there are objects that a browser
 * has to collect. It collects thousands with the page held up.
 */

/** As often the page hears that this thread is still there, ms. */
const ALIVE_MS = 1000

const tell = (message: FromThread, transfer: Transferable[] = []) => postMessage(message, { transfer })

addEventListener('message', ({ data }: MessageEvent<ToFetch>) => {
  // Reported, so that the page hears of it.
  fetched(data).catch(reportError)
})

async function fetched({ nr, url, size, patienceMs }: ToFetch): Promise<void> {
  const alive = setInterval(() => tell({ type: 'alive', nr }), ALIVE_MS)
  try {
    const bytes = await fetchBytes(fetch, url, {}, patienceMs, size)
    const lines = await Promise.all([...linesOf(bytes)].map(digested))
    tell({ type: 'fetched', nr, bytes: new Uint8Array(bytes.buffer), lines }, [bytes.buffer])
  } catch (error) {
    const reason = error instanceof FeedFailure ? error.reason : 'stale'
    tell({ type: 'failed', nr, reason, message: error instanceof Error ? error.message : String(error) })
  } finally {
    clearInterval(alive)
  }
}

async function digested(line: Uint8Array<ArrayBuffer>): Promise<DigestedLine> {
  const sha256 = hex(await crypto.subtle.digest('SHA-256', line))
  return { sha256, from: line.byteOffset, to: line.byteOffset + line.byteLength }
}

/** Without the library of the page, which is larger than all of this. */
const hex = (digest: ArrayBuffer) =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')

tell({ type: 'ready' })
