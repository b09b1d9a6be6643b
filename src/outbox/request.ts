import type { Answer, NoAnswer } from './answer.ts'
import type { Platform } from './platform.ts'
import type { EntryRow } from './rows.ts'

/** Longest time for a request with its answer, in ms. */
const TIME_LIMIT = 30_000

/** No answer of ours is near this, in bytes; a longer one is cut, and then not understood. */
const ANSWER_LIMIT = 256 * 1024

/** The address of a request at the server. */
export function inquiryUrl(id: string): string {
  return `/api/inquiries/${id}`
}

/** The address of one of its files. */
export function partUrl(id: string, sha256: string): string {
  return `${inquiryUrl(id)}/parts/${sha256}`
}

/** The header that proves that a request is ours (RFC 6750). */
export function bearer({ trackingKey }: Pick<EntryRow, 'trackingKey'>): Record<string, string> {
  return { Authorization: `Bearer ${trackingKey}` }
}

/**
 * Sends one HTTP request and reads its answer to the end, within `TIME_LIMIT`. Redirects are not followed: what was typed
 * must not be sent to a captive portal. Every failure of the network is `offline` or `unreachable`, never an exception.
 */
export async function request(
  platform: Pick<Platform, 'fetch' | 'setTimer' | 'isOnline'>,
  url: string,
  init: { method: 'PUT' | 'GET' | 'DELETE'; headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
): Promise<Answer | NoAnswer> {
  const abort = new AbortController()
  let callOff: (() => void) | undefined
  // A frozen page may never hear from its fetch again, not even that it was aborted: the race ends it all the same.
  const expired = new Promise<never>((_resolve, reject) => {
    callOff = platform.setTimer(() => {
      const error = new DOMException(`No answer within ${TIME_LIMIT} ms`, 'TimeoutError')
      abort.abort(error)
      reject(error)
    }, TIME_LIMIT)
  })
  try {
    return await Promise.race([exchange(platform, url, init, abort.signal), expired])
  } catch {
    // Fetch tells nothing about why it failed; what matters is only that there is no answer.
    return platform.isOnline() ? 'unreachable' : 'offline'
  } finally {
    callOff?.()
  }
}

async function exchange(
  platform: Pick<Platform, 'fetch'>,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await platform.fetch(url, {
    ...init,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    signal,
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    date: response.headers.get('date'),
    uploadOffset: response.headers.get('upload-offset'),
    text: await readText(response),
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (let size = 0; size < ANSWER_LIMIT;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return text
}
