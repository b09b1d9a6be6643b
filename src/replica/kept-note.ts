/** A note beside the database that it has been filled: without it, one that the browser dropped looks like a first visit. */
const PREFIX = 'luodi-kept:'

/** @param name of the database */
export function noteKept(name: string): void {
  withStorage((storage) => storage.setItem(PREFIX + name, '1'))
}

/** What the person drops is no loss. */
export function forgetKept(name: string): void {
  withStorage((storage) => storage.removeItem(PREFIX + name))
}

/** Whether the database has been filled before on this phone. */
export function wasKept(name: string): boolean {
  return withStorage((storage) => storage.getItem(PREFIX + name)) !== undefined
}

/** What a page's storage can do; its type is unknown where there is none. */
interface Notes {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Workers have no such storage, and private modes refuse it: then there is no note. */
function withStorage<T>(use: (storage: Notes) => T): NonNullable<T> | undefined {
  try {
    const { localStorage } = globalThis as { localStorage?: Notes }
    return (localStorage && use(localStorage)) ?? undefined
  } catch {
    return undefined
  }
}
