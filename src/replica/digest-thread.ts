import { withDigests } from './body-digest.ts'
import type { Body } from './store.ts'

/** Fewer are not worth the way to another thread and back. */
const MANY_BODIES = 20
/** A thread that has had nothing to do for so long is ended, ms. */
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

/** A thread beside the page for digests. Where there is none, or not yet, the page makes them itself. */
export class DigestThread {
  #worker: Worker | undefined
  #isReady = false
  /** It could not begin: nor would another. */
  #isMissing = typeof Worker === 'undefined' || (globalThis.crypto.subtle as SubtleCrypto | undefined) === undefined
  #last = 0
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  #rest: ReturnType<typeof setTimeout> | undefined

  /** Begins, so that it is ready when there is something to do. */
  open(): void {
    if (this.#isMissing) return
    this.#restLater()
    if (this.#worker !== undefined) return
    const worker = new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module', name: 'digests' })
    this.#worker = worker
    worker.onmessage = ({ data }: MessageEvent<Digested>) => {
      if (data.type === 'ready') {
        this.#isReady = true
        return
      }
      this.#waiting.get(data.nr)?.resolve(data)
      this.#waiting.delete(data.nr)
    }
    worker.onerror = () => this.#failed()
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
    const { bytes: back, digests } = await new Promise<Answer>((resolve, reject) => {
      const message: ToDigest = { nr: ++this.#last, bytes, bounds }
      worker.postMessage(message, [bytes.buffer])
      this.#waiting.set(message.nr, { resolve, reject })
    })
    return bounds.map(([from, to], n) => ({ sha256: digests[n]!, bytes: back.subarray(from, to) }))
  }

  #failed(): void {
    this.#isMissing = true
    for (const { reject } of this.#waiting.values()) reject(new Error('The thread for digests broke off'))
    this.#waiting.clear()
    this.#close()
  }

  #restLater(): void {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => (this.#waiting.size === 0 ? this.#close() : this.#restLater()), REST_MS)
  }

  #close(): void {
    clearTimeout(this.#rest)
    this.#worker?.terminate()
    this.#worker = undefined
    this.#isReady = false
  }
}
