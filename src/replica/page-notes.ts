/** What a page's storage can do; its type is unknown where there is none. */
interface Notes {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Uses what is noted beside the databases. Workers have no such storage, and private modes refuse it: then there is no note. */
export function withNotes<T>(use: (notes: Notes) => T): NonNullable<T> | undefined {
  try {
    const { localStorage } = globalThis as { localStorage?: Notes }
    return (localStorage && use(localStorage)) ?? undefined
  } catch {
    return undefined
  }
}
