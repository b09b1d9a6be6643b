import { type BodyIndex, newerFirst, type Wanted } from './body-index.ts'
import { excess, hasRoom, isRoomLeft, noteRefused } from './has-room.ts'
import { idle } from './idle.ts'
import { makeRoom } from './room.ts'
import { settled } from './settled.ts'
import type { ContentStore } from './store.ts'
import type { Wishes } from './wishes.ts'

/** Room made at once when the phone is full, bytes. */
const ROOM_BYTES = 2_000_000
/** Of the bodies that are here. */
const NEARLY_ALL = 3 / 4

/** Finds room for bodies on their way, and leaves some to what the person writes. */
export class FillRoom {
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: ContentStore,
    private readonly index: BodyIndex,
    private readonly wishes: Wishes,
  ) {}

  /** Whether there is room for what nobody keeps. */
  async hasRoom(): Promise<boolean> {
    return (await hasRoom(() => this.store.measure())) || !(await this.#isLasting())
  }

  /**
   * Whether there is room for bodies, or older ones have made it. One after the other: two that look for room at once would take the
   * same old bodies for theirs.
   * @param rows the most wanted first
   */
  for(rows: readonly Wanted[]): Promise<boolean> {
    const room = this.#last.then(async () => {
      const [first, middle] = [rows[0], rows[rows.length >> 1]]
      if (first === undefined || middle === undefined) return true
      const isWorthIt = this.wishes.isKept(first) || (await this.hasRoom()) || this.#isNew(middle)
      return isWorthIt && ((await isRoomLeft()) || this.#swapFor(first))
    })
    this.#last = room.catch(() => false)
    return room
  }

  /** Makes room for bodies that the browser has refused. @returns whether there is any now */
  async refused(first: Wanted | undefined): Promise<boolean> {
    await noteRefused()
    return this.#swapFor(first)
  }

  /** How much has to go, bytes, so that neither the person nor the lists are refused: when the browser has put its files in order. */
  async excess(): Promise<number> {
    if ((await excess()) === 0 || !(await this.#isLasting())) return 0
    await settled()
    await this.store.measure()
    return excess()
  }

  /** A copy in memory takes nothing of what the browser stores. */
  async #isLasting(): Promise<boolean> {
    return (await this.store.summary()).lasting
  }

  /** Whether it is newer than nearly all: for others it is not worth it, for what comes and what goes would take turns. */
  #isNew(row: Wanted): boolean {
    const here = [...this.index.rows.values()].filter(({ body }) => this.index.here.has(body.sha256))
    return here.length > 0 && here.filter((other) => newerFirst(other, row) > 0).length >= here.length * NEARLY_ALL
  }

  /** Drops bodies older than one; for one that is kept, any that is not. */
  async #swapFor(first: Wanted | undefined): Promise<boolean> {
    const than = first === undefined || this.wishes.isKept(first) ? {} : { than: first }
    // Somebody waits for a text before the first pass.
    if (!this.index.isWhole) await this.index.refresh(idle)
    return makeRoom(this.store, this.index, { kept: this.wishes, bytes: ROOM_BYTES, ...than })
  }
}
