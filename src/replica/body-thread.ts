import { FeedFailure } from './feed-failure.ts'
import type { Body } from './store.ts'

/** Longer than a person pauses between two things that they want on the phone. */
const REST_MS = 60_000

/* Messages are not parsed: a page and its worker are always of one build, for the worker's address names what is in it. */

/** From the page: a file of lines to fetch, how many bytes it should have, and the longest silence of the connection, ms. */
export interface ToFetch {
  nr: number
  url: string
  size: number
  patienceMs: number
}

/** A line of a file, by where it stands. */
export interface DigestedLine {
  sha256: string
  from: number
  to: number
}

/** From the worker: that it has begun; that it is still there; and what came of a file. */
export type FromThread =
  | { type: 'ready' }
  | { type: 'alive'; nr: number }
  | { type: 'fetched'; nr: number; bytes: Uint8Array<ArrayBuffer>; lines: DigestedLine[] }
  | { type: 'failed'; nr: number; reason: FeedFailure['reason']; message: string }

type Fetched = Extract<FromThread, { type: 'fetched' }>

interface Waiting {
  resolve: (file: Fetched) => void
  reject: (error: Error) => void
  /** Waits anew for the next message. */
  hear: () => void
}

interface ThreadOptions {
  /** Longest silence of a connection, and of the thread, ms. */
  patienceMs: number
  /** A thread that has begun, and of which nothing has been asked for so long, is ended, ms. */
  restMs?: number
}

/** A thread beside the page that fetches bodies. Where there is none, or not yet, the page fetches them itself. */
export class BodyThread {
  #worker: Worker | undefined
  #isReady = false
  /** A script may fail to load once: there are some tries. Without TLS a browser digests on no thread. */
  #tries = typeof Worker === 'undefined' || (globalThis.crypto.subtle as SubtleCrypto | undefined) === undefined ? 0 : 3
  #last = 0
  readonly #waiting = new Map<number, Waiting>()
  #rest: ReturnType<typeof setTimeout> | undefined
  readonly #patienceMs: number
  readonly #restMs: number

  constructor({ patienceMs, restMs = REST_MS }: ThreadOptions) {
    this.#patienceMs = patienceMs
    this.#restMs = restMs
  }

  /** Begins, so that it is ready when there is something to do. */
  open(): void {
    if (this.#worker === undefined && this.#tries > 0) this.#begin()
    this.#restLater()
  }

  /**
   * The lines of a file, with their digests.
   * @param size how many bytes there should be
   * @returns undefined as long as there is no thread; else a promise that is rejected with a `FeedFailure` for what came of the file, `stale`
   *   where it is not of lines, and with another error where the thread broke off
   */
  lines(url: string, size: number): Promise<Body[]> | undefined {
    const worker = this.#isReady ? this.#worker : undefined
    return worker && this.#lines(worker, url, size)
  }

  async #lines(worker: Worker, url: string, size: number): Promise<Body[]> {
    const nr = ++this.#last
    const patienceMs = this.#patienceMs
    let silence: ReturnType<typeof setTimeout> | undefined
    // In two halves: a page that was frozen, and its thread with it, wakes with the first of them long over, and hears of it in the second.
    const hear = () => {
      clearTimeout(silence)
      silence = setTimeout(() => (silence = setTimeout(() => this.#failed(), patienceMs / 2)), patienceMs / 2)
    }
    try {
      const { bytes, lines } = await new Promise<Fetched>((resolve, reject) => {
        this.#waiting.set(nr, { resolve, reject, hear })
        const message: ToFetch = { nr, url, size, patienceMs }
        worker.postMessage(message)
        hear()
      })
      return lines.map(({ sha256, from, to }) => ({ sha256, bytes: bytes.subarray(from, to) }))
    } finally {
      clearTimeout(silence)
      this.#waiting.delete(nr)
      this.#restLater()
    }
  }

  #begin(): void {
    try {
      const worker = new Worker(new URL('./body-worker.ts', import.meta.url), { type: 'module', name: 'bodies' })
      // One that was ended may still have something to say.
      const isOurs = () => this.#worker === worker
      worker.onmessage = ({ data }: MessageEvent<FromThread>) => {
        if (isOurs()) this.#heard(data)
      }
      worker.onerror = () => {
        if (isOurs()) this.#failed()
      }
      this.#worker = worker
    } catch {
      // Some web views, and some policies, allow none.
      this.#tries = 0
    }
  }

  #heard(data: FromThread): void {
    if (data.type === 'ready') {
      this.#isReady = true
      this.#restLater()
      return
    }
    const waiting = this.#waiting.get(data.nr)
    if (data.type === 'alive') waiting?.hear()
    else if (data.type === 'fetched') waiting?.resolve(data)
    else waiting?.reject(new FeedFailure(data.reason, data.message))
  }

  #failed(): void {
    this.#tries -= 1
    for (const { reject } of this.#waiting.values()) reject(new Error('The thread for bodies broke off'))
    this.#waiting.clear()
    this.#close()
  }

  #restLater(): void {
    clearTimeout(this.#rest)
    if (!this.#isReady) return
    this.#rest = setTimeout(() => (this.#waiting.size === 0 ? this.#close() : this.#restLater()), this.#restMs)
  }

  #close(): void {
    clearTimeout(this.#rest)
    this.#worker?.terminate()
    this.#worker = undefined
    this.#isReady = false
  }
}
