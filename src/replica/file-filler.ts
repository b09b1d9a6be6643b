import type { FileRef } from '#domain/feed-v2.ts'
import type { Fetched } from './fetched-file.ts'
import { keptFiles, unlessFailed } from './media-cache.ts'
import type { BringingState } from './bringing.ts'
import { idle } from './idle.ts'

/** Files that are looked for in the cache at once. */
const AT_ONCE = 50

/** Brings a picture or file to the phone, and says what came of it. */
export type FetchFile = (path: string) => Promise<Fetched>

/** Which pictures and attachments are on the phone, and how the others come. */
export class FileFiller {
  fetchFile: FetchFile | undefined
  /**
   * A file did not fit: only storing one more could say whether the next does, and it would have to be fetched for that. Holds until
   * room is made, or the app is opened anew.
   */
  isFull = false
  #canLook = true
  readonly #here = new Set<string>()
  /** Not asked for again before the app is opened anew. */
  readonly #gone = new Set<string>()

  /** Looks each up in the cache. Where it cannot be asked none is here, and none is fetched. */
  async look(files: readonly FileRef[]): Promise<void> {
    this.#here.clear()
    this.#canLook = true
    for (let from = 0; this.#canLook && from < files.length; from += AT_ONCE) {
      const here = await unlessFailed(keptFiles(files.slice(from, from + AT_ONCE).map(({ path }) => path)))
      here?.forEach((path) => this.#here.add(path))
      this.#canLook = here !== undefined
    }
  }

  readonly isHere = ({ path }: FileRef): boolean => this.#here.has(path)

  /**
   * Brings those that are not here, one after the other.
   * @param standing says what keeps it from going on, if anything; asked before each, as is whether there is room
   * @param tell called after each that has come
   */
  async bring(
    files: readonly FileRef[],
    standing: () => BringingState | undefined,
    hasRoom: () => Promise<boolean>,
    tell: () => void,
  ): Promise<BringingState> {
    for (const file of files) {
      if (this.isHere(file) || this.#gone.has(file.path)) continue
      if (this.fetchFile === undefined) return 'unreachable'
      const why = standing()
      if (why !== undefined) return why
      if (!this.#canLook || this.isFull || !(await hasRoom())) return 'full'
      // One that cannot be had now holds up no other: it is tried when it is shown, or after the next sync.
      const fetched = await this.fetchFile(file.path)
      this.isFull = fetched === 'full'
      if (fetched === 'gone') this.#gone.add(file.path)
      if (fetched === 'here') {
        this.#here.add(file.path)
        tell()
      }
      await idle()
    }
    return files.every(this.isHere) ? 'done' : this.isFull ? 'full' : 'unreachable'
  }
}
