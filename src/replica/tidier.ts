import type { BodyIndex } from './body-index.ts'
import { distinctFiles } from './bringing.ts'
import { dropMediaBut, dropShown, unlessFailed } from './media-cache.ts'
import { dropTexts } from './room.ts'
import type { ContentStore } from './store.ts'
import type { Wishes } from './wishes.ts'

/** Drops what nothing names any more, and what the person no longer wants. */
export class Tidier {
  /** Up to which choice of less it has been gone through: all of it, and the texts. */
  #shrinkings = 0
  #shrinkingsOfTexts = 0
  #isGone = true

  constructor(
    private readonly store: ContentStore,
    private readonly index: BodyIndex,
    private readonly wishes: Wishes,
  ) {}

  /** Whether what was too much for a choice has gone from this phone: a copy in memory says nothing of that. */
  get isTidy(): boolean {
    return this.#isGone && this.#shrinkings === this.wishes.shrinkings
  }

  /** Call it when the index is up to the copy. What is kept stays, and all of it while it is not known what is. */
  async tidy(): Promise<void> {
    const { index, wishes } = this
    const { cursor } = index
    if (cursor === undefined) return
    const orphans = index.orphans()
    if (orphans.length > 0) await this.store.dropOrphans(orphans, cursor)
    if (index.isSuperseded && index.isWhole) {
      index.isSuperseded = false
      await this.#dropFilesBut(() => true)
    }
    if (wishes.knowsKept && wishes.shrinkings !== this.#shrinkings) await this.#shrink()
  }

  /** Once for each choice: what was opened since is to stay. What is chosen meanwhile is the next one. */
  async #shrink(): Promise<void> {
    const { index, wishes } = this
    const { shrinkings } = wishes
    if (!index.isWhole) return
    if (this.#shrinkingsOfTexts !== shrinkings) {
      const need = { kept: wishes, bytes: Infinity }
      const texts = wishes.depth === 'titles' ? await dropTexts(this.store, index, need) : undefined
      this.#isGone = !texts?.left && (await this.store.summary()).lasting
      this.#shrinkingsOfTexts = shrinkings
    }
    const shown = await unlessFailed(dropShown())
    const files = await this.#dropFilesBut(wishes.wantsFiles)
    if (shown !== undefined && files !== undefined) this.#shrinkings = shrinkings
  }

  /** Nothing while the index is being read anew, as it may be since this began: what is not in it yet may be wanted. */
  async #dropFilesBut(isWanted: Wishes['wantsFiles']) {
    if (!this.index.isWhole) return undefined
    const files = distinctFiles([...this.index.rows.values()].filter(isWanted))
    return unlessFailed(dropMediaBut(new Set(files.map(({ path }) => path))))
  }
}
