import { type ContentWish, type Depth, isDeeper } from '#domain/content-wish.ts'
import type { Wanted } from './body-index.ts'
import { type BringingState, savesData } from './bringing.ts'

/** What the person wants of the content, and keeps. */
export class Wishes {
  #wish: ContentWish | undefined
  #kept: ReadonlySet<string> | undefined
  /** How often less was wanted than before: what was brought for more is to go. */
  shrinkings = 0

  get depth(): Depth {
    return this.#wish?.depth ?? 'texts'
  }

  set(wish: ContentWish): void {
    const known = this.#wish
    this.#wish = wish
    // The same choice is told more than once: when it is made, when it is kept, and with what else is chosen.
    if (wish.depth === known?.depth && wish.before === known.before) return
    // The browser may have been killed over what an earlier session should have dropped.
    const before = wish.before ?? known?.depth
    if (before !== undefined && isDeeper(before, wish.depth)) this.shrinkings += 1
  }

  /** @param ids of records */
  keep(ids: ReadonlySet<string>): void {
    this.#kept = ids
  }

  /** Whether what is kept has been said: until then nothing may go, for it may be kept. */
  get knowsKept(): boolean {
    return this.#kept !== undefined
  }

  readonly isKept = ({ id }: Pick<Wanted, 'id'>): boolean => this.#kept?.has(id) === true
  readonly wantsText = (row: Pick<Wanted, 'id'>): boolean => this.depth !== 'titles' || this.isKept(row)
  readonly wantsFiles = (row: Wanted): boolean => this.depth === 'everything' || this.isKept(row)

  /** Why nothing is to be brought now, if so. */
  get standing(): BringingState | undefined {
    const pause = this.#wish?.pause ?? 'auto'
    if (pause === 'paused') return 'paused'
    return pause === 'auto' && savesData() ? 'savesData' : undefined
  }
}
