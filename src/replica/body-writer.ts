import type { Wanted } from './body-index.ts'
import { StorageFailure } from './storage-failure.ts'
import type { Body, ContentStore } from './store.ts'

interface Part {
  bodies: readonly Body[]
  /** The most wanted of them, if it is known. */
  first: Wanted | undefined
}

interface Batch {
  parts: Part[]
  /** What kept each part from being stored, if anything. */
  failures: Promise<(Error | undefined)[]>
}

/** Files stored together: whoever opens a text meanwhile waits for them. */
const MOST_PARTS = 4

/** Stores bodies: those that come while others are being written go together, for a transaction takes longer than what is in it. */
export class BodyWriter {
  #next: Batch | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** @param swapFor makes room for a body when the phone is full; gives whether it could */
  constructor(
    private readonly store: ContentStore,
    private readonly swapFor: (first: Wanted | undefined) => Promise<boolean>,
  ) {}

  /**
   * @param first the most wanted of them
   * @throws StorageFailure
   */
  async put(bodies: readonly Body[], first: Wanted | undefined): Promise<void> {
    if (this.#next === undefined || this.#next.parts.length >= MOST_PARTS) this.#next = this.#open()
    const batch = this.#next
    const place = batch.parts.push({ bodies, first }) - 1
    const failure = (await batch.failures)[place]
    if (failure !== undefined) throw failure
  }

  #open(): Batch {
    const parts: Part[] = []
    const failures = this.#last.then(() => {
      if (this.#next?.parts === parts) this.#next = undefined
      return this.#write(parts)
    })
    this.#last = failures
    return { parts, failures }
  }

  /** On a full phone each part by itself: there may be room for one of them. */
  async #write(parts: readonly Part[]): Promise<(Error | undefined)[]> {
    const error = await this.#failureOf(parts)
    if (error === undefined || !isFull(error)) return parts.map(() => error)
    const failures: (Error | undefined)[] = []
    for (const part of parts) {
      const alone = parts.length === 1 ? error : await this.#failureOf([part])
      const isToSwap = isFull(alone) && (await this.swapFor(part.first).catch(() => false))
      failures.push(isToSwap ? await this.#failureOf([part]) : alone)
    }
    return failures
  }

  #failureOf(parts: readonly Part[]): Promise<Error | undefined> {
    return this.store.putBodies(parts.flatMap(({ bodies }) => bodies)).then(() => undefined, asError)
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const isFull = (error: unknown): boolean => error instanceof StorageFailure && error.reason === 'full'
