import type { Wanted } from './body-index.ts'
import { StorageFailure } from './storage-failure.ts'
import type { Body, ContentStore } from './store.ts'

interface Batch {
  bodies: Body[]
  /** The most wanted of them, if it is known. */
  first: Wanted | undefined
  stored: Promise<void>
}

/** Stores bodies: those that come while others are being written go together, for a transaction takes longer than what is in it. */
export class BodyWriter {
  #next: Batch | undefined
  #last: Promise<void> = Promise.resolve()

  /** @param swapFor makes room for a body when the phone is full; gives whether it could */
  constructor(
    private readonly store: ContentStore,
    private readonly swapFor: (first: Wanted | undefined) => Promise<boolean>,
  ) {}

  /**
   * @param first the most wanted of them
   * @throws StorageFailure
   */
  put(bodies: readonly Body[], first: Wanted | undefined): Promise<void> {
    const batch = this.#next ?? this.#open(first)
    batch.bodies.push(...bodies)
    return batch.stored
  }

  #open(first: Wanted | undefined): Batch {
    const batch: Batch = { bodies: [], first, stored: Promise.resolve() }
    const write = () => {
      this.#next = undefined
      return this.#write(batch)
    }
    // How the batch before came out is for those who gave it to hear.
    batch.stored = this.#last.then(write, write)
    this.#last = batch.stored
    this.#next = batch
    return batch
  }

  async #write({ bodies, first }: Batch): Promise<void> {
    try {
      await this.store.putBodies(bodies)
    } catch (error) {
      if (!(error instanceof StorageFailure) || error.reason !== 'full' || !(await this.swapFor(first))) throw error
      await this.store.putBodies(bodies)
    }
  }
}
