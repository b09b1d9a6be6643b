import { type BodyFile, bodyFiles, type FeedSizes, singleBody } from './body-source.ts'
import { newerFirst, type Wanted } from './body-index.ts'
import type { FeedClient } from './feed-client.ts'
import { FeedFailure } from './feed-failure.ts'
import type { Body } from './store.ts'

/**
 * So many bodies that a file lacks are tried alone at a time. After as many that are not there alone either, no other is tried: the
 * feed has then moved on from its head.
 */
const TRIES = 3

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

/** What one pass over the missing bodies asks for: what a file of several lacks is asked for alone, and that is all. */
export class AskedBodies {
  /** Something stands in the way of all. */
  isOver = false
  readonly #files: BodyFile[]
  readonly #alone: Wanted[] = []
  readonly #missed = new Set<Wanted>()
  readonly #tried = new Set<Wanted>()
  #vain = 0

  constructor(
    missing: readonly Wanted[],
    private readonly sizes: FeedSizes,
  ) {
    this.#files = bodyFiles(missing, sizes).reverse()
  }

  /** Whether this one was asked for in vain. */
  readonly isMissed = (row: Wanted): boolean => this.#missed.has(row)

  /** The file to fetch next, its rows newest first. @param isHere whether a row's body has come meanwhile */
  next(isHere: (row: Wanted) => boolean): BodyFile | undefined {
    for (;;) {
      const alone = this.#vain + this.#tried.size < TRIES ? this.#alone.shift() : undefined
      const file = alone === undefined ? this.#files.pop() : singleBody(this.sizes.epoch, alone)
      const rows = file?.rows.filter((row) => !isHere(row)).sort(newerFirst) ?? []
      if (file !== undefined && rows.length === 0) continue
      if (alone !== undefined) this.#tried.add(alone)
      return file && { ...file, rows }
    }
  }

  /** @param isHere whether the file has brought a row's body */
  note({ rows, isSingle }: BodyFile, isHere: (row: Wanted) => boolean): void {
    for (const row of rows) {
      this.#tried.delete(row)
      if (isHere(row)) {
        this.#missed.delete(row)
        continue
      }
      this.#missed.add(row)
      if (isSingle) this.#vain += 1
      else this.#alone.push(row)
    }
  }
}
