import type { BodyIndex } from './body-index.ts'
import { distinctFiles } from './bringing.ts'
import { dropMediaBut, dropShown, unlessFailed } from './media-cache.ts'
import { dropTexts } from './room.ts'
import type { ContentStore } from './store.ts'
import type { Wishes } from './wishes.ts'

/** Drops what nothing names any more, and what the person no longer wants. */
export class Tidier {
  constructor(
    private readonly store: ContentStore,
    private readonly index: BodyIndex,
    private readonly wishes: Wishes,
  ) {}

  /** Call it when the index is up to the copy. What is kept stays, and all of it while it is not known what is. */
  async tidy(): Promise<void> {
    const { index, wishes } = this
    const { cursor, orphans } = index
    if (cursor === undefined) return
    if (orphans.length > 0) await this.store.dropOrphans(orphans, cursor)
    if (index.isSuperseded) {
      index.isSuperseded = false
      await this.#dropFilesBut(() => true)
    }
    if (!wishes.knowsKept) return
    // Once for each choice: what was opened since is to stay.
    if (!wishes.hasShrunk) return
    if (wishes.depth === 'titles') await dropTexts(this.store, index, { kept: wishes, bytes: Infinity })
    wishes.hasShrunk = false
    await unlessFailed(dropShown())
    wishes.hasShrunk ||= (await this.#dropFilesBut(wishes.wantsFiles)) === undefined
  }

  #dropFilesBut(isWanted: Wishes['wantsFiles']) {
    const files = distinctFiles([...this.index.rows.values()].filter(isWanted))
    return unlessFailed(dropMediaBut(new Set(files.map(({ path }) => path))))
  }
}
