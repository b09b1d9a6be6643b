import type { Digested, ToDigest } from './digest-thread.ts'

/* Beside the page: each digest is some objects that a browser has to collect, and it collects thousands with the page held up. */

const tell = (message: Digested, transfer: Transferable[] = []) => postMessage(message, { transfer })

addEventListener('message', ({ data }: MessageEvent<ToDigest>) => {
  // Reported, so that the page hears of it.
  digested(data).catch(reportError)
})

async function digested({ nr, bytes, bounds }: ToDigest): Promise<void> {
  const digest = async ([from, to]: readonly [number, number]) =>
    hex(await crypto.subtle.digest('SHA-256', bytes.subarray(from, to)))
  tell({ type: 'digested', nr, bytes, digests: await Promise.all(bounds.map(digest)) }, [bytes.buffer])
}

/** Without the library of the page, which is larger than all of this. */
const hex = (digest: ArrayBuffer) =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')

tell({ type: 'ready' })
