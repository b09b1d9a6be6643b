import { withDigests } from './body-digest.ts'
import { breathe } from './idle.ts'
import type { Body } from './store.ts'

/** Fewer are not worth the way to another thread and back. */
const MANY_BODIES = 20
/** Longer than a file is on its way on most lines. */
const REST_MS = 60_000

/* Messages are not parsed: a page and its worker are always of one build, for the worker's address names what is in it. */

/** From the page: bytes, which go along, and between which of them each body stands. */
export interface ToDigest {
  nr: number
  bytes: Uint8Array<ArrayBuffer>
  bounds: (readonly [from: number, to: number])[]
}

/** From the worker: that it has begun; or digests in the order of the bodies, and the bytes back. */
export type Digested =
  { type: 'ready' } | { type: 'digested'; nr: number; bytes: Uint8Array<ArrayBuffer>; digests: string[] }

type Answer = Extract<Digested, { type: 'digested' }>

interface ThreadOptions {
  /** Longest wait for digests, ms. */
  patienceMs: number
  /** A thread that has begun, and of which nothing has been asked for so long, is ended, ms. */
  restMs?: number
}

/** A thread beside the page for digests. Where there is none, or not yet, the page makes them itself. */
export class DigestThread {
  #worker: Worker | undefined
  #isReady = false
  /** A script may fail to load once: there are some tries. Without TLS a browser digests on no thread. */
  #tries = typeof Worker === 'undefined' || (globalThis.crypto.subtle as SubtleCrypto | undefined) === undefined ? 0 : 3
  #last = 0
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
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
   * The bodies with their digests.
   * @param lines one body each, all of one buffer; nobody else may use that buffer any more
   * @throws Error when the thread broke off: what it was given is lost, and wants to be fetched again
   */
  async withDigests(lines: readonly Uint8Array<ArrayBuffer>[]): Promise<Body[]> {
    const worker = this.#isReady ? this.#worker : undefined
    if (worker === undefined || lines.length < MANY_BODIES) return withDigests(lines)
    const bytes = new Uint8Array(lines[0]!.buffer)
    const bounds = lines.map(({ byteOffset, byteLength }) => [byteOffset, byteOffset + byteLength] as const)
    const nr = ++this.#last
    // A page that was frozen meanwhile hears what waits for it first.
    const givenUp = () => breathe().then(() => this.#waiting.has(nr) && this.#failed())
    const silence = setTimeout(() => void givenUp(), this.#patienceMs)
    try {
      const { bytes: back, digests } = await new Promise<Answer>((resolve, reject) => {
        const message: ToDigest = { nr, bytes, bounds }
        worker.postMessage(message, [bytes.buffer])
        this.#waiting.set(nr, { resolve, reject })
      })
      return bounds.map(([from, to], n) => ({ sha256: digests[n]!, bytes: back.subarray(from, to) }))
    } finally {
      clearTimeout(silence)
      this.#restLater()
    }
  }

  #begin(): void {
    try {
      const worker = new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module', name: 'digests' })
      // One that was ended may still have something to say.
      const isOurs = () => this.#worker === worker
      worker.onmessage = ({ data }: MessageEvent<Digested>) => {
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

  #heard(data: Digested): void {
    if (data.type === 'ready') {
      this.#isReady = true
      this.#restLater()
      return
    }
    this.#waiting.get(data.nr)?.resolve(data)
    this.#waiting.delete(data.nr)
  }

  #failed(): void {
    this.#tries -= 1
    for (const { reject } of this.#waiting.values()) reject(new Error('The thread for digests broke off'))
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
