import { type BodyFile, type FeedSizes, nextBodyFile, singleBody } from './body-source.ts'
import type { Wanted } from './body-index.ts'
import type { FeedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import type { Body } from './store.ts'

/** After so many bodies that are not there alone either, no other is tried in that way: the feed has then moved on from its head. */
const VAIN = 3

/**
 * The bodies of a file's rows. Some cache may give a wrong copy of the file for as long as a year: what is not in it, or all of it,
 * is asked for once more past the caches.
 * @returns those that were found
 * @throws FeedFailure
 */
export async function askForBodies(feed: FeedClient, epoch: string, file: BodyFile): Promise<Body[]> {
  const wanted = new Set(file.rows.map(({ body }) => body.sha256))
  const found: Body[] = []
  for (const fresh of [false, true]) {
    if (wanted.size === 0) break
    const bodies = await feed.bodies(epoch, file, fresh).catch((error: unknown) => {
      if (error instanceof FeedFailure && (fresh || error.reason === 'stale')) return []
      throw error
    })
    found.push(...bodies.filter(({ sha256 }) => wanted.delete(sha256)))
  }
  return found
}

/** What one pass over the missing bodies has asked for: what a file of several lacks is asked for alone, and that is all. */
export class AskedBodies {
  /** Something stands in the way of all. */
  isOver = false
  readonly #alone = new Set<Wanted>()
  readonly #settled = new Set<Wanted>()
  readonly #underWay = new Set<Wanted>()
  #vain = 0

  /** Whether no more is done for this one in this pass. */
  readonly isSettled = (row: Wanted): boolean => this.#settled.has(row) || (this.#vain >= VAIN && this.#alone.has(row))

  /** Whether a file that should hold this one's is being fetched. */
  readonly isUnderWay = (row: Wanted): boolean => this.#underWay.has(row)

  /** The file to fetch next; its rows are under way until it is noted. @param rows neither settled nor under way, the most wanted first */
  next([first, ...others]: readonly [Wanted, ...Wanted[]], sizes: FeedSizes): BodyFile {
    const isAlone = this.#alone.has(first)
    const rows = others.filter((row) => !this.#alone.has(row))
    const file = isAlone ? singleBody(sizes.epoch, first) : nextBodyFile([first, ...rows], sizes)
    file.rows.forEach((row) => this.#underWay.add(row))
    return file
  }

  /** @param isHere whether the file has brought a row's body */
  note({ rows, isSingle }: BodyFile, isHere: (row: Wanted) => boolean): void {
    for (const row of rows) {
      this.#underWay.delete(row)
      const is = isHere(row)
      if (isSingle && !is) this.#vain += 1
      ;(is || isSingle ? this.#settled : this.#alone).add(row)
    }
  }
}
