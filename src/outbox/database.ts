import { Dexie, type Table } from 'dexie'
import { asStorageFailure, errorNames } from './errors.ts'

/** Name of the database that must never be lost. Nothing that evicts or renews content knows it. */
const MINE_DATABASE = 'luodi-mine'

/** A lease by this name, which nobody takes: what its copy held has been added to the database since it was made. */
export const COPY_TAKEN_OVER = 'luodi-copy'

/** A row as it lies on disk: nothing is believed of it until its schema has read it. */
export type RawRow = Record<string, unknown>

/** Signs that the connection is gone, not that the work was wrong. iOS kills connections of pages in the background. */
const CONNECTION_LOST = ['InvalidStateError', 'DatabaseClosedError', 'UnknownError', 'AbortError']

/** Everything of the person on this phone. Opened at the first use, so that a server can import this room. */
export class MineDatabase extends Dexie {
  declare entries: Table<RawRow, string>
  declare drafts: Table<RawRow, string>
  declare bookmarks: Table<RawRow, [string, string]>
  declare stops: Table<RawRow, string>
  /** What was chosen on this phone, by name. */
  declare preferences: Table<RawRow, string>
  declare leases: Table<RawRow, string>
  declare attachments: Table<RawRow, string>
  /** Bytes of attachments under their digest, so that two rows may name the same. */
  declare attachmentBytes: Table<RawRow, string>
  /** Rows that this version could not read and had to make way for a new one under the same key. */
  declare attic: Table<RawRow, number>
  private ended = false
  private makingRoom: Promise<boolean> | undefined

  /**
   * @param makeRoom is asked when the phone is full, as long as anything goes: what can be fetched again goes, nothing of this
   * database does
   */
  constructor(
    name: string = MINE_DATABASE,
    private readonly makeRoom?: () => Promise<boolean>,
  ) {
    // `strict`: complete means on disk. No cache: it would show writes before they are committed.
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' })
    this.version(1).stores({
      entries: 'id, &draftToken',
      drafts: 'key',
      bookmarks: '[kind+id]',
      stops: 'id',
      leases: 'name',
      attic: '++',
    })
    this.version(2).stores({ attachments: 'id, owner, sha256', attachmentBytes: 'sha256' })
    this.version(3).stores({ preferences: 'name' })
  }

  /** Whether `end` was called: then nothing may open it again. */
  get isEnded(): boolean {
    return this.ended
  }

  /** Closes for good. */
  end(): void {
    this.ended = true
    this.close()
  }

  /** Drops a dead connection; the next use opens a new one. */
  reconnect(): void {
    if (!this.ended) this.close({ disableAutoOpen: false })
  }

  /**
   * Does something with the tables; once more on a new connection when the old one was killed, and as often as there may be room
   * again where there was none.
   * @param work must give the same result when run twice, for a lost connection does not tell whether it committed
   * @param makesRoom whether what was fetched makes way for it on a full phone
   * @throws StorageFailedError when IndexedDB does not do it
   */
  async run<T>(work: () => PromiseLike<T>, { makesRoom = true } = {}): Promise<T> {
    const done = { measured: false, reconnected: false }
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(await this.mended(error, done, makesRoom))) throw asStorageFailure(error)
      }
    }
  }

  /** Whether it is worth another try. @param done what has been tried for this work, which this adds to */
  private async mended(
    error: unknown,
    done: { measured: boolean; reconnected: boolean },
    makesRoom: boolean,
  ): Promise<boolean> {
    const names = errorNames(error)
    if (this.ended) return false
    if (names.includes('QuotaExceededError')) {
      const isWorthIt = !done.measured || (makesRoom && (await this.roomMade()))
      done.measured = true
      if (isWorthIt) await this.measure()
      return isWorthIt
    }
    if (done.reconnected || !names.some((name) => CONNECTION_LOST.includes(name))) return false
    done.reconnected = true
    this.reconnect()
    return true
  }

  /** Works that are at it at once share the room: what one had dropped the other would not find. */
  private roomMade(): Promise<boolean> {
    this.makingRoom ??= (this.makeRoom?.() ?? Promise.resolve(false))
      .catch(() => false)
      .finally(() => (this.makingRoom = undefined))
    return this.makingRoom
  }

  /**
   * Lets the browser measure anew how much is stored: Chromium does so after a transaction that may write, and goes by what it was
   * until then, at times twice what there is.
   */
  private async measure(): Promise<void> {
    await this.transaction('rw', this.leases, async () => void (await this.leases.count())).catch(() => undefined)
  }
}
