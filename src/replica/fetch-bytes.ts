import { FeedFailure } from './feed-failure.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** Statuses that say nothing about the feed itself: ask again later. */
const LATER = new Set([408, 425, 429])

/**
 * The exact bytes of an answer with status 200.
 * @param patienceMs longest silence, ms; a slow connection that goes on delivering is never given up
 * @throws FeedFailure `unreachable` when the network or the server fails, `notUnderstood` for any other status
 */
export async function fetchBytes(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  patienceMs: number,
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
    return readAll(response, heard)
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

async function readAll(response: Response, heard: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) break
    heard()
    chunks.push(next.value)
  }
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
