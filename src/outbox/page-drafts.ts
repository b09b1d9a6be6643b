/** What a form on this page last showed of a draft. */
export interface ShownDraft {
  token: string
  /** The fields as this page read or wrote them: what another page has written since is not among them. */
  values: Record<string, unknown>
}

/** What one page knows of drafts, by draft key. */
export class PageDrafts {
  /**
   * With the token a second 提交 is known as one of the same draft after the first has consumed it; with the values a draft that
   * holds what this page has not shown is known, and left where it is.
   */
  readonly shown = new Map<string, ShownDraft>()
  private readonly saving = new Map<string, Promise<unknown>>()

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
}

/** Whether a page has shown all that a draft holds. */
export function hasShownAll({ values }: ShownDraft, draft: ShownDraft): boolean {
  return Object.entries(draft.values).every(([field, value]) => JSON.stringify(values[field]) === JSON.stringify(value))
}
