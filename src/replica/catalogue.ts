import type { Live } from '#domain/live.ts'
import type { RecordKind } from '#domain/record/kind.ts'
import type { ListItem } from '#domain/record/list-item.ts'
import { newestFirst } from '#domain/record/order.ts'
import { readItem } from './reader.ts'
import { isRow } from './rows.ts'
import { type ContentReader, type Cursor, type Gone, isSameFilling, type Row, sameCursor } from './store.ts'

/** Rows read, parsed and sorted in at once: a slow phone answers to a finger in between. */
const SLICE_ROWS = 200

/** A kind's list as it stands on the phone. */
export interface Listing<K extends RecordKind = RecordKind> {
  /** Every readable one: newest `publishedAt` first, then by id. The newest ones only while not `isComplete`. */
  items: readonly ListItem<K>[]
  isComplete: boolean
  /** False where there is no copy: then these are none because nothing is known, not because there is nothing. */
  hasCopy: boolean
}

interface Loaded {
  cursor: Cursor | undefined
  listing: Listing
}

/**
 * The lists in memory: a kind is read once, slice by slice, and follows the changes from then on, so that neither a list of ten
 * thousand nor a change to it holds up the page.
 */
export class Catalogue {
  readonly #lists = new Map<RecordKind, Loaded>()
  readonly #listeners = new Map<RecordKind, Set<() => void>>()
  readonly #failing = new Set<(error: unknown) => void>()
  #isFollowing = false
  #work: Promise<void> = Promise.resolve()

  constructor(private readonly store: ContentReader) {}

  /** The list of a kind and every later state of it. */
  list<K extends RecordKind>(kind: K): Live<Listing<K>> {
    return {
      subscribe: (listener, fail) => {
        const own = this.#listeners.get(kind) ?? new Set()
        this.#listeners.set(kind, own)
        const tell = () => {
          const loaded = this.#lists.get(kind)
          if (loaded !== undefined) listener(loaded.listing as unknown as Listing<K>)
        }
        // The first value is of now: what is in memory may be behind.
        if (!this.#lists.has(kind)) {
          own.add(tell)
          this.#begin(kind).catch(fail)
        }
        this.#failing.add(fail)
        if (!this.#isFollowing) this.#follow()
        let isStopped = false
        void this.#catchUp().then(() => {
          if (isStopped) return
          own.add(tell)
          tell()
        })
        return () => {
          isStopped = true
          own.delete(tell)
          this.#failing.delete(fail)
        }
      },
    }
  }

  /** As long as the page lives: its lists stay in memory. */
  #follow(): void {
    this.#isFollowing = true
    this.store
      .watch((store) => store.cursor())
      .subscribe(
        () => void this.#catchUp(),
        (error) => this.#fail(error),
      )
  }

  /** One after the other: each takes up where the one before it stopped. */
  #catchUp(): Promise<void> {
    this.#work = this.#work
      .then(async () => {
        for (const [kind, listeners] of this.#listeners)
          if (listeners.size > 0 || this.#lists.has(kind)) await this.#load(kind)
      })
      .catch((error: unknown) => this.#fail(error))
    return this.#work
  }

  async #load(kind: RecordKind): Promise<void> {
    const cursor = await this.store.cursor()
    const known = this.#lists.get(kind)
    if (known?.listing.isComplete !== true || !isSameFilling(known.cursor, cursor)) return this.#fill(kind)
    if (sameCursor(known.cursor, cursor)) return
    await this.#advance(kind, known)
  }

  /** Shows the newest ones at once, whatever else is being read: better than nothing, until all is there. */
  async #begin(kind: RecordKind): Promise<void> {
    const { cursor, rows } = await this.store.page(kind, undefined, SLICE_ROWS)
    if (rows.length === SLICE_ROWS && !this.#lists.has(kind)) this.#show(kind, cursor, itemsOf(rows), false)
  }

  async #fill(kind: RecordKind): Promise<void> {
    const first = await this.store.page(kind, undefined, SLICE_ROWS)
    const items = itemsOf(first.rows)
    let { rows } = first
    while (rows.length === SLICE_ROWS) {
      const next = await this.store.page(kind, rows.at(-1)?.place, SLICE_ROWS)
      // The copy was replaced in between: whoever replaced it has told the follower, too.
      if (first.cursor !== undefined && !isSameFilling(first.cursor, next.cursor)) return this.#fill(kind)
      items.push(...itemsOf(next.rows))
      rows = next.rows
    }
    // What changed while it was read may be in it twice, or not at all, until the changes after its beginning are applied.
    const listing = { items, isComplete: true, hasCopy: first.cursor !== undefined }
    await this.#advance(kind, { cursor: first.cursor, listing })
  }

  async #advance(kind: RecordKind, { cursor, listing }: Loaded): Promise<void> {
    const changed = new Map<string, Row | Gone>()
    let reached = cursor
    let version = cursor?.version ?? 0
    if (cursor !== undefined)
      for (;;) {
        const next = await this.store.changedAfter(version, SLICE_ROWS)
        if (!isSameFilling(cursor, next.cursor)) return this.#fill(kind)
        for (const row of next.rows) changed.set(row.id, row)
        version = next.rows.at(-1)?.v ?? version
        reached = next.cursor
        if (next.rows.length < SLICE_ROWS) break
      }
    const own = [...changed.values()].filter(isRow).filter((row) => row.kind === kind)
    const items = listing.items.filter(({ id }) => !changed.has(id))
    const isTouched = own.length > 0 || items.length < listing.items.length
    const next = isTouched ? [...items, ...itemsOf(own)].sort(newestFirst) : listing.items
    this.#show(kind, reached, next, true)
  }

  #show(kind: RecordKind, cursor: Cursor | undefined, items: readonly ListItem[], isComplete: boolean): void {
    const before = this.#lists.get(kind)?.listing
    const isSame = before?.items === items && before.isComplete === isComplete
    this.#lists.set(kind, { cursor, listing: isSame ? before : { items, isComplete, hasCopy: cursor !== undefined } })
    if (!isSame) this.#listeners.get(kind)?.forEach((tell) => tell())
  }

  #fail(error: unknown): void {
    this.#failing.forEach((fail) => fail(error))
  }
}

function itemsOf(rows: readonly Row[]): ListItem[] {
  return rows.flatMap((row) => readItem(row) ?? [])
}
