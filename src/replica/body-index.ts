import { isRow } from './rows.ts'
import { type ContentReader, type Cursor, isSameFilling, type Row, sameCursor, type Slice } from './store.ts'

/** Rows looked at at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 400
/** Volumes read at once: no more than digests. */
const SLICE_VOLUMES = 250

/** What has to be known of a record to bring its body and files. */
export type Wanted = Pick<Row, 'id' | 'v' | 'body' | 'files'> & { publishedAt: string }

export function wantedOf({ id, v, body, files, record }: Omit<Row, 'place'>): Wanted {
  const { publishedAt } = record
  return { id, v, body, files, publishedAt: typeof publishedAt === 'string' ? publishedAt : '' }
}

/** Which records there are: read once, then kept up with what changes. And whose body is on the phone. */
export class BodyIndex {
  rows = new Map<string, Wanted>()
  /** Digests of bodies that are here. Read anew with each refresh: other tabs bring bodies, and drop some. */
  here = new Set<string>()
  /** Digests of those that lay together at the last refresh. */
  volumes: readonly string[][] = []
  /** Whether records may have got other files, or have gone, since this was last set back: another session may have ended over it. */
  isSuperseded = true
  #cursor: Cursor | undefined
  #refreshed: Promise<void> = Promise.resolve()

  constructor(private readonly store: ContentReader) {}

  /** Whether every record of the copy is known: one that is not may be kept, and its files are nobody's to drop. */
  get isWhole(): boolean {
    return this.#cursor !== undefined
  }

  /** Of the copy that was read; undefined before. */
  get cursor(): Cursor | undefined {
    return this.#cursor
  }

  /**
   * Brings the index up to the copy; one call after the other.
   * @param breathe called between slices
   */
  refresh(breathe: () => Promise<unknown>): Promise<void> {
    const refresh = () => this.#refresh(breathe)
    // How the call before came out is for its own caller to hear.
    this.#refreshed = this.#refreshed.then(refresh, refresh)
    return this.#refreshed
  }

  /** Takes what a list says that the copy has just become, so that it need not be read back. Goes on being the index's. */
  adopt(rows: Map<string, Wanted>, cursor: Cursor): void {
    const adopt = () => {
      if (isSameFilling(cursor, this.#cursor)) return
      this.#forget()
      this.rows = rows
      this.#cursor = cursor
    }
    this.#refreshed = this.#refreshed.then(adopt, adopt)
  }

  async #refresh(breathe: () => Promise<unknown>): Promise<void> {
    await this.#readRows(breathe)
    // After the rows, so that what was dropped in between as nobody's is not taken for the body of one of them.
    await this.#readDigests(breathe)
  }

  /** Digests of the bodies that no record has at `cursor`. */
  orphans(): string[] {
    if (this.here.size === 0) return []
    const named = new Set(Array.from(this.rows.values(), ({ body }) => body.sha256))
    return [...this.here].filter((sha256) => !named.has(sha256))
  }

  /** Those whose body is not here, in no order. */
  missing(isWanted: (row: Wanted) => boolean): Wanted[] {
    return [...this.rows.values()].filter((row) => !this.here.has(row.body.sha256) && isWanted(row))
  }

  async #readRows(breathe: () => Promise<unknown>): Promise<void> {
    const cursor = await this.store.cursor()
    if (sameCursor(cursor, this.#cursor)) return
    if (!isSameFilling(cursor, this.#cursor)) this.#forget()
    if (cursor === undefined) return
    const isSame = (slice: Slice<unknown>) => isSameFilling(cursor, slice.cursor)
    if (this.#cursor === undefined) {
      for (let after: string | undefined; ; await breathe()) {
        const slice = await this.store.page(undefined, after, SLICE_ROWS)
        if (!isSame(slice)) return this.#readRows(breathe)
        for (const row of slice.rows) this.rows.set(row.id, wantedOf(row))
        if (slice.rows.length < SLICE_ROWS) break
        after = slice.rows.at(-1)?.place
      }
    }
    // And what has changed since, or while it was read.
    for (let { version } = this.#cursor ?? cursor; ; await breathe()) {
      const slice = await this.store.changedAfter(version, SLICE_ROWS)
      if (!isSame(slice)) return this.#readRows(breathe)
      for (const { id } of slice.rows) this.isSuperseded = this.rows.delete(id) || this.isSuperseded
      for (const row of slice.rows.filter(isRow)) this.rows.set(row.id, wantedOf(row))
      version = slice.rows.at(-1)?.v ?? version
      if (slice.rows.length < SLICE_ROWS) {
        this.#cursor = slice.cursor
        return
      }
    }
  }

  async #readDigests(breathe: () => Promise<unknown>): Promise<void> {
    const here = new Set<string>()
    const together: string[][] = []
    for (let after = 0; ; await breathe()) {
      const volumes = await this.store.volumesAfter(after, SLICE_VOLUMES)
      for (const { digests } of volumes) {
        digests.forEach((sha256) => here.add(sha256))
        together.push(digests)
      }
      const last = volumes.at(-1)
      if (last === undefined) break
      after = last.n
    }
    this.here = here
    this.volumes = together
  }

  #forget(): void {
    this.isSuperseded ||= this.rows.size > 0
    this.rows.clear()
    this.#cursor = undefined
  }
}

/** Newest first. */
export function newerFirst(a: Wanted, b: Wanted): number {
  return a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : a.id < b.id ? -1 : 1
}
