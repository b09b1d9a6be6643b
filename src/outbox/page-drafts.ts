/** What a form on this page showed of a draft. */
interface ShownDraft {
  token: string
  /** The fields as a form of this page began with them or wrote them: what another page has written since is not among them. */
  values: Record<string, unknown>
}

/**
 * What one page knows of drafts, by draft key. With the token a second 提交 is known as one of the same draft after the first has
 * consumed it; with the values a draft that holds what this page has not shown is known, and left where it is.
 */
export class PageDrafts {
  private readonly shown = new Map<string, ShownDraft>()
  /** What was to be written since, and is not known to be: a write may fail, or be on disk all the same. */
  private readonly tried = new Map<string, ShownDraft[]>()
  private readonly saving = new Map<string, Promise<unknown>>()

  /** What a form of this page has shown, and may have written; the surest first. */
  known(key: string): ShownDraft[] {
    const shown = this.shown.get(key)
    return [...(shown === undefined ? [] : [shown]), ...(this.tried.get(key) ?? [])]
  }

  /** A form begins with what lies on disk: what one before it on this page has shown is over. */
  opens(key: string, row: ShownDraft | undefined): void {
    this.tried.delete(key)
    if (row === undefined) this.shown.delete(key)
    else this.shown.set(key, row)
  }

  /**
   * A form follows what lies on disk; it may still show an earlier draft, which was submitted on another page. What it makes of
   * the fields that another page wrote is its own affair: it says so when it is submitted.
   */
  follows(key: string, row: ShownDraft | undefined): void {
    if (row !== undefined && !this.shown.has(key)) this.shown.set(key, { token: row.token, values: {} })
  }

  /** Something is about to be written. */
  tries(key: string, draft: ShownDraft): void {
    this.tried.set(key, [...(this.tried.get(key) ?? []), draft])
  }

  /** What was tried last is on disk, and all that was tried before has been written over or never was. */
  wrote(key: string): void {
    const known = this.known(key)
    const token = known.at(-1)?.token
    if (token === undefined) return
    const values = known.filter((one) => one.token === token).map((one) => one.values)
    this.shown.set(key, { token, values: Object.assign({}, ...values) as ShownDraft['values'] })
    this.tried.delete(key)
  }

  /** Saves one after the other: one that is tried again must not come after one of what was typed later. */
  save<T>(key: string, write: () => Promise<T>): Promise<T> {
    const saved = this.saving.get(key)?.then(write, write) ?? write()
    const done = () => {
      if (this.saving.get(key) === saved) this.saving.delete(key)
    }
    this.saving.set(key, saved)
    saved.then(done, done)
    return saved
  }

  /** Resolves when what was being saved is on disk, or failed to get there. */
  async saved(key: string): Promise<void> {
    await this.saving.get(key)?.catch(() => undefined)
  }

  clear(): void {
    this.shown.clear()
    this.tried.clear()
  }
}

/**
 * Whether a page has shown all that a draft holds.
 * @param now what the form shows at this moment
 */
export function hasShownAll(known: readonly ShownDraft[], draft: ShownDraft, now: Record<string, unknown>): boolean {
  const same = known.filter(({ token }) => token === draft.token)
  const shown = [now, ...same.map(({ values }) => values)]
  const isShown = ([field, value]: [string, unknown]) =>
    shown.some((values) => JSON.stringify(values[field]) === JSON.stringify(value))
  return same.length > 0 && Object.entries(draft.values).every(isShown)
}
